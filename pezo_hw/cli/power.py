"""``pezo power``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from ..config import Config
from ..errors import ConfigError
from ..power import Liberty, PowerFigures, Request, Toggles, markdown, measure, notes, ratios
from ..power.activity import MOST_CYCLES
from ..power.comparison import headings, rows
from ..power.measurement import STEPS
from ..power.page import page_part, part_name
from ..power.paper_watts import write_plot
from ..power.toggles import MOST_NETS
from ..synth import Cache, cache_folder
from ..text import printable, significant
from .common import CONFIG, FILE, JSON, OUTPUT, refuse_given, write_json
from .page import Page
from .progress import counting, patience
from .table import Table
from .terminal import write, write_raw


@click.command()
@click.argument("configs", type=CONFIG, nargs=-1, required=True)
@click.option(
    "--liberty",
    type=FILE,
    metavar="FILE",
    help="In the standard cells of a Liberty file (.lib, .lib.gz) as well.",
)
@click.option(
    "--clock", type=float, metavar="MHZ", help="Their shortest period and power, by OpenSTA."
)
@click.option(
    "--cycles",
    type=click.IntRange(1, MOST_CYCLES),
    metavar="N",
    help="Cycles to simulate: otherwise the joint orbit, or a window of a long one.",
)
@click.option("--compare", is_flag=True, help="One table, beside the first configuration.")
@click.option(
    "--nets",
    type=click.IntRange(0, MOST_NETS),
    default=0,
    show_default=True,
    metavar="N",
    help="List the N nets that switch most.",
)
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the comparison as Markdown.")
@click.option(
    "--into", type=FILE, metavar="FILE", help="Replace this comparison in a page of Markdown."
)
@JSON
@click.option(
    "--plot", type=OUTPUT, metavar="FILE", help="Draw what the paper's watts can mean (.svg, .png)."
)
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
def power(
    configs: tuple[Config, ...],
    liberty: Path | None,
    clock: float | None,
    cycles: int | None,
    compare: bool,
    nets: int,
    as_markdown: bool,
    into: Path | None,
    as_json: bool,
    plot: Path | None,
    no_cache: bool,
) -> None:
    """Count how often the nets of a mapped core switch, and what it draws in standard cells.

    The netlist itself is simulated, with every cycle enabled: the toggles are exact for those
    cycles. No watt of the FPGA is worked out: no open model of it is known.

    Example: pezo power --compare mezo paper-roberta spread --liberty cells.lib --clock 50
    """
    if as_json and as_markdown:
        raise ConfigError("--json", True, "without --markdown: one of them is printed")
    if as_markdown or (into is not None and not as_json):
        refuse_given(["nets"], "without --markdown and --into, whose tables have no nets")
    if plot is not None:
        write_plot(plot)
    library = None
    if liberty is not None:
        with patience.during(lambda: printable(f"reading {liberty}")):
            library = Liberty.read(liberty)
    request = Request(
        liberty=library,
        mhz=clock,
        cycles=cycles,
        nets=nets,
        cache=Cache(folder=None if no_cache else cache_folder()),
    )
    name = part_name(None if library is None else library.name, clock)
    page = None if into is None else Page.read(into, name)
    figures = _measure(configs, request)
    if page is not None:
        page.write(page_part(name, figures))
    if as_json:
        write_json(_as_json(figures))
    elif as_markdown:
        write_raw(markdown(figures))
    elif page is None:
        _print(figures, compare)


def _measure(configs: tuple[Config, ...], request: Request) -> list[PowerFigures]:
    with counting("measuring", STEPS * len(configs), "steps") as progress:
        (task,) = progress.task_ids
        return measure(configs, request, on_step=lambda name: progress.advance(task))


def _as_json(figures: list[PowerFigures]) -> dict[str, object]:
    entries = [
        one.as_dict() | {"ratios": compared}
        for one, compared in zip(figures, ratios(figures), strict=True)
    ]
    return {"configurations": entries, "notes": notes(figures)}


def _print(figures: list[PowerFigures], compare: bool) -> None:
    if compare:
        table = Table(headings=headings(figures), title=f"beside {figures[0].name}")
        for row in rows(figures):
            table.row(*row)
        table.show()
    else:
        for one in figures:
            _print_one(one)
    _print_nets(figures)
    for note in notes(figures):
        write(note)


def _print_one(figures: PowerFigures) -> None:
    table = Table(title=figures.name, headings=("", ""), has_headings=False)
    for row in _rows(figures):
        table.row(*row)
    table.show()


def _rows(figures: PowerFigures) -> list[tuple[str, str]]:
    listed = [("toggles a cycle, XCZU9EG", significant(figures.toggles.total))]
    listed += _kinds(figures.toggles)
    cells = figures.in_cells
    if cells is None:
        return listed
    listed.append((f"toggles a cycle, {cells.library}", significant(cells.toggles.total)))
    listed += _kinds(cells.toggles)
    listed += [("gates", f"{cells.cells:,.0f}"), ("area", significant(cells.area))]
    clocked = cells.clocked
    if clocked is None:
        return listed
    drawn, shortest = clocked.power, 1e3 / clocked.period_ns if clocked.period_ns else None
    listed.append(("shortest period, ns", f"{clocked.period_ns:.4g} ({significant(shortest)} MHz)"))
    listed.append((f"power at {clocked.mhz:g} MHz, mW", significant(1e3 * drawn.total)))
    for part in ("internal", "switching", "leakage"):
        listed.append((f"  {part}", significant(1e3 * getattr(drawn, part))))
    listed.append(("pJ a cycle", significant(clocked.energy_pj)))
    listed.append(("pJ a number", significant(figures.energy_a_number_pj)))
    return listed


def _kinds(toggles: Toggles) -> list[tuple[str, str]]:
    return [(f"  {kind}", significant(count)) for kind, count in toggles.by_kind.items()]


def _print_nets(figures: list[PowerFigures]) -> None:
    for one in figures:
        for where, toggles in (
            ("XCZU9EG", one.toggles),
            *(((one.in_cells.library, one.in_cells.toggles),) if one.in_cells else ()),
        ):
            if toggles.nets:
                title = f"{one.name}: the nets that switch most, {where}"
                table = Table(title=title, headings=("net", "driven by", "toggles a cycle"), left=2)
                for net in toggles.nets:
                    table.row(net.name, net.cell, significant(net.toggles))
                table.show()
