"""Configurations beside the first of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..text import in_markdown, significant, table_lines
from .figures import Clocked, PowerFigures
from .paper_watts import SENTENCE

_Of = Callable[[PowerFigures], float | None]


def _clocked(figures: PowerFigures) -> Clocked | None:
    return figures.in_cells.clocked if figures.in_cells else None


def _area(figures: PowerFigures) -> float | None:
    return figures.in_cells.area if figures.in_cells else None


def _period(figures: PowerFigures) -> float | None:
    clocked = _clocked(figures)
    return clocked.period_ns if clocked else None


def _milliwatts(figures: PowerFigures) -> float | None:
    clocked = _clocked(figures)
    return 1e3 * clocked.power.total if clocked else None


def _energy(figures: PowerFigures) -> float | None:
    clocked = _clocked(figures)
    return clocked.energy_pj if clocked else None


# Heading, figure, and whether the first configuration's is compared with the others'.
_COLUMNS: tuple[tuple[str, _Of, bool], ...] = (
    ("numbers a cycle", lambda figures: figures.numbers, False),
    ("toggles a cycle", lambda figures: figures.toggles.total, True),
    ("area", _area, True),
    ("shortest period, ns", _period, False),
    ("power, mW", _milliwatts, True),
    ("pJ a cycle", _energy, False),
    ("pJ a number", lambda figures: figures.energy_a_number_pj, True),
)


def ratios(all_figures: Sequence[PowerFigures]) -> list[dict[str, float]]:
    """For each configuration the first's figure over its own, by the headings of the table."""
    first = all_figures[0]
    return [
        {
            heading: above / below
            for heading, figure, compared in _COLUMNS
            if compared
            and (above := figure(first)) is not None
            and (below := figure(figures)) is not None
            and below > 0
        }
        for figures in all_figures
    ]


def headings(all_figures: Sequence[PowerFigures]) -> list[str]:
    """Those of the table; a column that no configuration has a figure for is left out."""
    return ["configuration", *(heading for heading, _, _ in _columns(all_figures))]


def rows(all_figures: Sequence[PowerFigures]) -> Iterator[list[str]]:
    """The table's rows, under `headings`."""
    for figures, compared in zip(all_figures, ratios(all_figures), strict=True):
        cells = []
        for heading, figure, _ in _columns(all_figures):
            ratio = compared.get(heading) if figures is not all_figures[0] else None
            beside = "" if ratio is None else f" (÷ {significant(ratio)})"
            cells.append(f"{significant(figure(figures))}{beside}")
        yield [figures.name, *cells]


def notes(all_figures: Sequence[PowerFigures]) -> list[str]:
    """How to read the figures, one paragraph an item."""
    first = all_figures[0]
    said = [
        f"Toggles: transitions a cycle of what LUTs, flip-flops and carries give, {first.tool}, "
        "XCZU9EG, out of context, every cycle enabled. Block RAMs and the clock are left out. "
        "Nothing has a delay, so that there are no glitches: deep logic has more of them."
    ]
    if first.in_cells is not None:
        said.append(_of_cells(first))
    if len(all_figures) > 1:
        said.append(f"(÷ x): x times less than {first.name}.")
    return [*said, *(f"{figures.name}: {figures.sample}." for figures in all_figures), SENTENCE]


def markdown(all_figures: Sequence[PowerFigures]) -> str:
    """The table as Markdown, with its notes."""
    named = [[in_markdown(name), *cells] for name, *cells in rows(all_figures)]
    table = table_lines(headings(all_figures), named)
    return "\n\n".join(("\n".join(table), *map(in_markdown, notes(all_figures)))) + "\n"


def _columns(all_figures: Sequence[PowerFigures]) -> list[tuple[str, _Of, bool]]:
    return [column for column in _COLUMNS if any(column[1](one) is not None for one in all_figures)]


def _of_cells(first: PowerFigures) -> str:
    clocked = _clocked(first)
    at = f", at {clocked.mhz:g} MHz" if clocked else ""
    library = first.in_cells.library if first.in_cells else ""
    return (
        f"Standard cells: {library}{at}; area in the library's unit. There are no wires, no clock "
        "tree and no glitches, which favours the larger design; a table is made of gates, which "
        "hurts those that have one. Enable and reset are held at a level, and not timed."
    )
