"""``pezo figures``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import rich_click as click
from rich.text import Text

from ..synth import Cache, cache_folder
from ..synth.batch import NOTHING
from ..synth.figures import GUARDED, Change, compare, figures_of, measure_figures
from ..synth.record import Record, read_record
from ..tools.files import write_files
from .common import FILE, JSON, write_json
from .progress import counting
from .table import Table
from .terminal import write

EXIT_GROWN = 1
HEADINGS = ("target", "configuration", "figure", "recorded", "measured", "change")


@click.command()
@click.argument("file", type=FILE)
@click.option("--record", is_flag=True, help="Write the measured figures to FILE.")
@click.option("--all", "everything", is_flag=True, help="Map what has not changed as well.")
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
@JSON
def figures(file: Path, record: bool, everything: bool, no_cache: bool, as_json: bool) -> int:
    """Compare the resources of every preset with recorded ones.

    A core is mapped where its Verilog, the tool or the way of counting is not what was recorded;
    the figures of the others are those of FILE.

    The exit status is 1 where a count or a level has grown, or is not recorded.

    Example: pezo figures tests/synth/figures.json --record
    """
    recorded = Record() if record and not file.exists() else read_record(file)
    measured = _measure(recorded, everything, Cache(folder=None if no_cache else cache_folder()))
    changes = compare(figures_of(recorded), figures_of(measured))
    changed = recorded.changed(measured)
    if record:
        write_files(file.parent, {file.name: measured.text()})
    if as_json:
        write_json(_as_dict(changes, changed))
    else:
        _print(file, changes, changed, record)
    return 0 if record or all(change.is_improvement for change in changes) else EXIT_GROWN


def _as_dict(changes: list[Change], changed: Sequence[str]) -> dict[str, object]:
    listed = [asdict(change) | {"is_improvement": change.is_improvement} for change in changes]
    return {"cores": len(GUARDED), "changes": listed, "of_another_source": list(changed)}


def _print(file: Path, changes: list[Change], changed: Sequence[str], record: bool) -> None:
    if changes:
        _table(changes).show()
    else:
        write(f"all {len(GUARDED)} cores are as recorded")
    if changed:
        write(f"of another source than recorded: {', '.join(changed)}")
    if (changes or changed) and not record:
        write(f"to record what is wanted: pezo figures {file} --record")


def _measure(recorded: Record, everything: bool, cache: Cache) -> Record:
    known = NOTHING if everything else recorded.known
    with counting("measuring", len(GUARDED), "cores") as progress:
        (task,) = progress.task_ids
        return measure_figures(cache=cache, known=known, on_row=lambda: progress.advance(task))


def _table(changes: list[Change]) -> Table:
    table = Table(headings=HEADINGS, left=3)
    for change in changes:
        numbers = ("–" if n is None else f"{n:g}" for n in (change.recorded, change.measured))
        colour = "green" if change.is_improvement else "red"
        difference = Text(change.difference, colour)
        table.row(change.target, change.name, change.figure, *numbers, difference)
    return table
