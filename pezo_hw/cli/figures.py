"""``pezo figures``."""

from __future__ import annotations

import json
from pathlib import Path

import rich_click as click
from rich.table import Table

from ..errors import PezoError
from ..synth import Cache, cache_folder
from ..synth.figures import GUARDED, Change, Figures, compare, measure_figures
from ..tools.files import read_json, write_files
from .common import FILE, console, counting

EXIT_GROWN = 1
_LARGEST_FILE = 1 << 24


@click.command()
@click.argument("file", type=FILE)
@click.option("--record", is_flag=True, help="Write the measured figures to FILE.")
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
def figures(file: Path, record: bool, no_cache: bool) -> int:
    """Compare the resources of every preset with recorded ones.

    The exit status is 1 where a count or a level has grown, or is not recorded.

    Example: pezo figures tests/synth/figures.json --record
    """
    recorded = {} if record and not file.exists() else _read(file)
    cache = Cache(folder=None if no_cache else cache_folder())
    with counting("measuring", len(GUARDED), "cores") as progress:
        (task,) = progress.task_ids
        measured = measure_figures(cache=cache, on_row=lambda: progress.advance(task))
    changes = compare(recorded, measured)
    if changes:
        console.print(_table(changes))
    else:
        console.print(f"all {len(GUARDED)} cores are as recorded")
    if record:
        write_files(file.parent, {file.name: json.dumps(measured, indent=1) + "\n"})
        return 0
    if all(change.is_wanted for change in changes):
        return 0
    console.print(f"to record what is wanted: pezo figures {file} --record", soft_wrap=True)
    return EXIT_GROWN


def _read(file: Path) -> Figures:
    try:
        figures: Figures = read_json(file, _LARGEST_FILE)
    except OSError as error:
        raise PezoError(f"{file}: {error.strerror}; allowed: a file that --record wrote") from None
    if not _are_figures(figures):
        raise PezoError(f"{file}: no figures; allowed: a file that --record wrote")
    return figures


def _are_figures(content: object, depth: int = 3) -> bool:
    """Whether it is numbers by target, configuration and figure."""
    if depth == 0:
        return isinstance(content, (int, float))
    return isinstance(content, dict) and all(
        _are_figures(part, depth - 1) for part in content.values()
    )


def _table(changes: list[Change]) -> Table:
    table = Table("target", "configuration", "figure", "recorded", "measured", "change")
    for change in changes:
        numbers = ("–" if n is None else f"{n:g}" for n in (change.recorded, change.measured))
        colour = "green" if change.is_wanted else "red"
        difference = f"[{colour}]{change.difference}[/]"
        table.add_row(change.target, change.name, change.figure, *numbers, difference)
    return table
