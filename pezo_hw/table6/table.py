"""The paper's table 6 with our figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from ..synth.batch import keyed_rows
from ..synth.cache import NO_CACHE, Cache
from ..synth.measurement import Measurement
from ..synth.rows import MEZO_ROW, OWN_ROWS, PAPER_ROWS, PaperRow, Row
from ..text import count, short_number, significant, table_lines
from .behaviour import Behaviour, behaviour_key, measured_behaviour

COLUMNS = ("LUT", "FF", "BRAM")
_COST = (*COLUMNS, "DSP", "LUT sites", "LUT levels")
_BEHAVIOUR = (
    *("numbers a cycle", "different ones", "toggles a cycle"),
    *("participation", "smallest eigenvalue", "joint orbit"),
)
HEADINGS = ("design", *_COST, *_BEHAVIOUR)
# A page has no room for more beside each other.
_SHORT = (*COLUMNS, "numbers a cycle", "toggles a cycle", "participation")
NOTHING: Mapping[str, Behaviour] = MappingProxyType({})
_THE_PAPERS, _OURS = "What the paper has, measured here", "What we add"
TABLE_ROWS = (MEZO_ROW, *PAPER_ROWS, *OWN_ROWS)
# Of ours, those that the short table has.
_IN_SHORT = ("table-hadamard", "row-pool", "spread", "wide")
NOTES = (
    "LUT, FF, BRAM: ours / the paper's = ratio. Ours: {tool}, XCZU9EG, out of context; BRAM in "
    "RAMB36. The paper's: ZCU102, Vivado 2020.1, table 6, which has no DSP.",
    "LUT sites: after pairing small LUTs in dual-output sites, an estimate. LUT levels: the "
    "longest path between registers; a core with more than three is mapped twice, and the mapping "
    "with fewer LUTs counts. Different ones: numbers of a cycle that are not another of the same "
    "cycle again. Toggles: of LUTs, flip-flops and carries of the mapped netlist (`pezo power`), "
    "without glitches.",
    "Participation ratio and smallest eigenvalue of E[u u^T], u of 992 numbers (`pezo quality`): "
    "992 and 1 for independent numbers. Exact, but where ± is the standard error of a sample; "
    "beside the smallest of a sample is what independent numbers have in one as large. Joint "
    "orbit: cycles before the stream repeats.",
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
    ours : Measurement
        Our counts.
    behaviour : Behaviour
        What it does.
    numbers, orbit : int
        Numbers a cycle, and cycles before they repeat.
    is_the_papers : bool
        Whether the paper has it, and not only one that it stands beside.
    """

    design: str
    description: str
    paper: PaperRow
    ours: Measurement
    behaviour: Behaviour
    numbers: int
    orbit: int
    is_the_papers: bool

    @property
    def pairs(self) -> dict[str, tuple[float, float | None]]:
        """Our figure and the paper's in each of `COLUMNS`."""
        paper = (self.paper.lut, self.paper.ff, self.paper.bram)
        used = self.ours.resources
        ours = (used.lut, used.ff, used.bram)
        return dict(zip(COLUMNS, zip(ours, paper, strict=True), strict=True))

    @property
    def ratios(self) -> dict[str, float | None]:
        """Ours over the paper's in each of `COLUMNS`, where both are there and it is finite."""
        return {
            column: ours / paper if paper else None for column, (ours, paper) in self.pairs.items()
        }

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text, under `HEADINGS`."""
        compared = (
            f"{count(ours)} / {count(paper)}" + (f" = {_ratio(ratio)}" if ratio else "")
            for (ours, paper), ratio in zip(self.pairs.values(), self.ratios.values(), strict=True)
        )
        used, does = self.ours.resources, self.behaviour
        return (
            self.design,
            *compared,
            *map(count, (used.dsp, used.lut_sites, used.path.levels)),
            *map(count, (self.numbers, does.different)),
            significant(does.toggles),
            _participation(does),
            _smallest(does),
            short_number(self.orbit),
        )

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data, for JSON."""
        return asdict(self) | {"ours": self.ours.as_dict(), "ratio": self.ratios}


def table6(
    *,
    cache: Cache = NO_CACHE,
    known: Mapping[str, Behaviour] = NOTHING,
    on_row: Callable[[], None] = lambda: None,
) -> tuple[list[Comparison], dict[str, tuple[str, Behaviour]]]:
    """The table, and the behaviour of every row under its name with its key (`behaviour_key`).

    Parameters
    ----------
    cache : Cache
        Where results are looked up and kept.
    known : mapping of str to Behaviour
        What is known by its key, and not measured again.
    on_row : callable
        Called after a row is mapped, and again after its behaviour is measured.
    """
    keyed = keyed_rows([(row, "xcup") for row in TABLE_ROWS], cache=cache, on_row=on_row)
    behaviours = {}
    for row, (key_of_counts, _) in zip(TABLE_ROWS, keyed, strict=True):
        config = row.config
        key = behaviour_key(config, key_of_counts)
        found = known.get(key) or measured_behaviour(config, key, cache=cache)
        behaviours[row.name] = (key, found)
        on_row()
    found_of = {name: behaviour for name, (_, behaviour) in behaviours.items()}
    return comparisons_of([counts for _, counts in keyed], found_of), behaviours


def comparisons_of(
    measurements: Sequence[Measurement], behaviours: Mapping[str, Behaviour]
) -> list[Comparison]:
    """The table of what was measured: counts of each of `TABLE_ROWS`, behaviours by their names."""
    return [
        _compare(row, ours, behaviours[row.name])
        for row, ours in zip(TABLE_ROWS, measurements, strict=True)
    ]


def notes(table: list[Comparison]) -> list[str]:
    """How to read the table, one paragraph an item."""
    return [note.format(tool=table[0].ours.tool) for note in NOTES]


def markdown(table: list[Comparison]) -> str:
    """The table as Markdown, in two parts: what a design takes, what it does, what it is; notes."""
    lines = ["<!-- Written by `make table6`. -->"]
    for heading, part in parts_of(table):
        lines += ["", f"## {heading}", "", *_lines(part, _COST), "", *_lines(part, _BEHAVIOUR), ""]
        lines += [f"* **{row.design}**: {row.description}" for row in part]
    return "\n".join([*lines, "", "## How to read it", "", "\n\n".join(notes(table))]) + "\n"


def short_markdown(table: list[Comparison]) -> str:
    """The paper's rows and a few of ours, in a few columns, as Markdown without notes."""
    parts = (
        [f"**{heading}**", "", *_lines(part, _SHORT)]
        for heading, part in parts_of(shortened(table))
    )
    return "\n\n".join(map("\n".join, parts)) + "\n"


def shortened(table: list[Comparison]) -> list[Comparison]:
    """The paper's rows and a few of ours."""
    return [row for row in table if row.is_the_papers or row.design in _IN_SHORT]


def parts_of(table: list[Comparison]) -> list[tuple[str, list[Comparison]]]:
    """The paper's rows and ours, each with its heading."""
    return [
        (_THE_PAPERS, [row for row in table if row.is_the_papers]),
        (_OURS, [row for row in table if not row.is_the_papers]),
    ]


def _lines(table: list[Comparison], columns: Sequence[str]) -> list[str]:
    """A table of some of the columns, behind the design."""
    headings = (HEADINGS[0], *columns)
    places = [HEADINGS.index(heading) for heading in headings]
    return table_lines(headings, [[row.cells[place] for place in places] for row in table])


def _compare(row: Row, ours: Measurement, behaviour: Behaviour) -> Comparison:
    parameters = row.config.parameters
    # The paper has one design of a name; what else is compared with it has a name of its own.
    known = row == next(own for own in TABLE_ROWS if own.paper == row.paper)
    return Comparison(
        design=row.paper.design if known else row.name,
        description=row.description + ("" if known else f" Beside: {row.paper.design}."),
        paper=row.paper,
        ours=ours,
        behaviour=behaviour,
        numbers=parameters.lanes,
        orbit=parameters.joint_orbit,
        is_the_papers=known,
    )


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"


def _participation(does: Behaviour) -> str:
    error = does.participation_error
    return (
        f"{does.participation:.1f}" if error is None else f"{does.participation:.0f} ± {error:.0f}"
    )


def _smallest(does: Behaviour) -> str:
    smallest = f"{does.smallest_eigenvalue:.3f}"
    is_exact = does.participation_error is None
    return smallest if is_exact else f"{smallest} ({does.smallest_independent:.2f})"
