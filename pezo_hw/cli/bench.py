"""``pezo bench``."""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import rich_click as click
from rich.text import Text

from ..benchmarks import QUICK, Measure, Plan, carry_out, describe_machine
from ..benchmarks.attention_layer import HEADINGS as WAYS
from ..benchmarks.attention_layer import hardware_ways, markdown, measured_ways, papers_ways
from ..errors import ConfigError, PezoError
from ..tools.files import write_files
from .common import FILE, OUTPUT
from .page import Page
from .progress import counting
from .table import Table
from .terminal import write

EXIT_MISSED = 1
LAYER = "layer"
HEADINGS = ("measure", "preset", "ours", "theirs", "unit", "ratio", "≥")


@click.command()
@click.option("--json", "json_file", type=OUTPUT, metavar="FILE", help="Write the figures as JSON.")
@click.option("--quick", is_flag=True, help="Small arrays and few rounds: a look, not a figure.")
@click.option(
    "--layer",
    is_flag=True,
    help="Instead: the Gaussian numbers of one attention layer, as in the paper's section 2.3.",
)
@click.option(
    "--into",
    type=FILE,
    metavar="FILE",
    help="With --layer: replace its table in a page.",
)
def bench(json_file: Path | None, quick: bool, layer: bool, into: Path | None) -> int:
    """Measure how fast the stream is, beside what else there is.

    Every figure is the median over several rounds, in each of which all that are compared have
    their turn. A ratio says how many times as good ours is. The exit status is 1 where one is
    below what is asked. Takes a few minutes.

    Example: pezo bench --json bench.json
    """
    if into is not None and not layer:
        raise ConfigError("--into", str(into), "with --layer alone")
    torch = import_module("torch") if find_spec("torch") is not None else None
    machine = describe_machine(torch)
    if layer:
        _layer(QUICK if quick else Plan(), torch, machine, json_file, into)
        return 0
    measures, skipped = _watch(QUICK if quick else Plan(), torch)
    _table(measures).show()
    write(machine)
    for reason in skipped:
        write(f"skipped: {reason}")
    if json_file is not None:
        text = json.dumps([measure.as_dict() for measure in measures], indent=1) + "\n"
        write_files(json_file.parent, {json_file.name: text})
    return 0 if all(measure.is_reached for measure in measures) else EXIT_MISSED


def _layer(plan: Plan, torch: Any, machine: str, json_file: Path | None, into: Path | None) -> None:
    page = None if into is None else Page.read(into, LAYER)
    with counting("measuring", plan.rounds + 1, "rounds") as progress:
        (task,) = progress.task_ids
        measured = measured_ways(plan.rounds, torch, lambda: progress.advance(task))
    ways = [*papers_ways(), *measured, *hardware_ways()]
    table = Table(title="4 x 4096 x 4096 numbers", headings=WAYS, left=2, has_lines=False)
    for way in ways:
        table.row(*way.cells)
    table.show()
    write(machine)
    if page is not None:
        page.write(markdown(ways, machine))
    if json_file is not None:
        text = json.dumps([way.as_dict() for way in ways], indent=1) + "\n"
        write_files(json_file.parent, {json_file.name: text})


def _watch(plan: Plan, torch: Any) -> tuple[list[Measure], list[PezoError]]:
    """Measures and reasons for those that are missing, behind a progress bar."""
    measures: list[Measure] = []
    skipped: list[PezoError] = []
    if torch is None:
        skipped.append(PezoError("what is compared with PyTorch, which is not installed"))
    with counting("measuring", plan.ticks, "rounds") as progress:
        (task,) = progress.task_ids
        for found in carry_out(plan, torch, lambda: progress.advance(task)):
            if isinstance(found, PezoError):
                skipped.append(found)
            else:
                measures += found
    return measures, skipped


def _table(measures: list[Measure]) -> Table:
    table = Table(title="ours : theirs", headings=HEADINGS, left=2, has_lines=False)
    for measure in measures:
        colour = "green" if measure.is_reached else "red"
        asked = "" if measure.at_least is None else f"{measure.at_least:g}"
        table.row(
            measure.measure,
            measure.preset,
            f"{measure.ours:.3g}",
            f"{measure.theirs:.3g}",
            measure.unit,
            Text(f"{measure.ratio:.3g}", colour),
            asked,
        )
    return table
