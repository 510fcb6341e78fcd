"""The paper's table 6 with our figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..errors import PezoError
from ..text import table_lines
from .batch import measure_rows
from .cache import NO_CACHE, Cache
from .measurement import Measurement
from .rows import MEZO, OWN_ROWS, PAPER_ROWS, PaperRow, Row

COLUMNS = ("LUT", "FF", "BRAM")
HEADINGS = ("design", *COLUMNS, "LUT sites", "LUT levels", "numbers a cycle", "joint orbit")
BEGIN, END = "<!-- table6 -->", "<!-- /table6 -->"
TABLE_ROWS = (*PAPER_ROWS, *OWN_ROWS)
NOTES = (
    "Cells of LUT, FF and BRAM: ours / the paper's = ratio. Ours: {tool}, XCZU9EG, out of context; "
    "BRAM in RAMB36. The paper's: ZCU102, Vivado 2020.1, table 6.",
    "LUT sites: after pairing small LUTs in dual-output sites, an estimate. LUT levels: the "
    "longest path between registers. Joint orbit: cycles before the stream repeats.",
)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A row of the table.

    Attributes
    ----------
    design : str
        What the row is called.
    description : str
        What it is.
    paper : PaperRow
        The paper's figures.
    ours : Measurement or None
        Our figures, where there is a design of ours.
    numbers, orbit : int or None
        Numbers a cycle, and cycles before they repeat.
    """

    design: str
    description: str
    paper: PaperRow
    ours: Measurement | None = None
    numbers: int | None = None
    orbit: int | None = None

    @property
    def pairs(self) -> dict[str, tuple[float | None, float | None]]:
        """Our figure and the paper's in each of `COLUMNS`."""
        paper = (self.paper.lut, self.paper.ff, self.paper.bram)
        if self.ours is None:
            return {column: (None, theirs) for column, theirs in zip(COLUMNS, paper, strict=True)}
        used = self.ours.resources
        ours = (used.lut, used.ff, used.bram)
        return dict(zip(COLUMNS, zip(ours, paper, strict=True), strict=True))

    @property
    def ratios(self) -> dict[str, float | None]:
        """Ours over the paper's in each of `COLUMNS`, where both are there and it is finite."""
        return {
            column: ours / paper if ours is not None and paper else None
            for column, (ours, paper) in self.pairs.items()
        }

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text, under `HEADINGS`."""
        compared = (
            f"{_number(ours)} / {_number(paper)}" + (f" = {_ratio(ratio)}" if ratio else "")
            for (ours, paper), ratio in zip(self.pairs.values(), self.ratios.values(), strict=True)
        )
        used = self.ours.resources if self.ours else None
        sites, levels = (used.lut_sites, used.path.levels) if used else (None, None)
        rest = (sites, levels, self.numbers, self.orbit)
        return (self.design, *compared, *(_number(number) for number in rest))

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data, for JSON."""
        ours = self.ours.as_dict() if self.ours else None
        return asdict(self) | {"ours": ours, "ratio": self.ratios}


def table6(
    *, cache: Cache = NO_CACHE, on_row: Callable[[], None] = lambda: None
) -> list[Comparison]:
    """The table: MeZO as the paper prints it, the paper's other rows, and ours beyond them."""
    wanted = [(row, "xcup") for row in TABLE_ROWS]
    return comparisons_of(measure_rows(wanted, cache=cache, on_row=on_row))


def comparisons_of(measurements: Sequence[Measurement]) -> list[Comparison]:
    """The table of measurements that are there, of each of `TABLE_ROWS`."""
    printed = Comparison(
        design=MEZO.design, description="As the paper prints it; not measured here.", paper=MEZO
    )
    return [
        printed,
        *(_compare(row, ours) for row, ours in zip(TABLE_ROWS, measurements, strict=True)),
    ]


def notes(table: list[Comparison]) -> list[str]:
    """How to read the table, one paragraph an item."""
    tool = next(row.ours.tool for row in table if row.ours)
    return [note.format(tool=tool) for note in NOTES]


def markdown(table: list[Comparison]) -> str:
    """The table as Markdown, with notes and what every row is."""
    lines = ["<!-- Written by `make table6`. -->", "", *_lines(table), "", *notes(table), ""]
    lines += [f"* **{row.design}**: {row.description}" for row in table]
    return "\n".join(lines) + "\n"


def with_table(page: str, table: list[Comparison]) -> str:
    """A Markdown page with the table, without notes, between its two marker lines.

    Raises
    ------
    PezoError
        Where the page does not have them.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise PezoError(f"the page has no place for the table; allowed: one with {BEGIN} … {END}")
    lines = "\n".join(_lines(table))
    return f"{before}{BEGIN}\n{lines}\n{END}{after}"


def _lines(table: list[Comparison]) -> list[str]:
    return table_lines(HEADINGS, [row.cells for row in table])


def _compare(row: Row, ours: Measurement) -> Comparison:
    parameters = row.config.parameters
    # The paper has one design of a name; what else is compared with it has a name of its own.
    known = row == next((own for own in PAPER_ROWS if own.paper == row.paper), None)
    return Comparison(
        design=row.paper.design if known else row.name,
        description=row.description + ("" if known else f" Beside: {row.paper.design}."),
        paper=row.paper,
        ours=ours,
        numbers=parameters.lanes,
        orbit=parameters.joint_orbit,
    )


def _number(number: float | None) -> str:
    return "–" if number is None else f"{number:,.10g}"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"
