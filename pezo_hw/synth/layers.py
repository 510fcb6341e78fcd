"""The price of each layer around the core."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..errors import PezoError
from ..generators.replay.options import SystemOptions
from ..systems.registry import SYSTEMS
from ..text import table_lines
from .batch import measure_rows
from .cache import NO_CACHE, Cache
from .measurement import Measurement
from .rows import PAPER_ROWS, Row

HEADINGS = ("configuration", "layer", "LUT", "FF", "BRAM", "LUT levels")
NOTE = (
    "{tool}, XCZU9EG, out of context; BRAM in RAMB36. In brackets: more than the core alone. LUT "
    "levels: the longest path between registers, where a carry cell counts as one."
)
_SYSTEMS = (
    ("stream", SystemOptions()),
    ("replay", SystemOptions()),
    ("replay", SystemOptions(load="phase")),
    ("replay", SystemOptions(load="contents")),
    ("replay", SystemOptions(health="flag")),
    ("replay", SystemOptions(health="reload")),
    ("replay", SystemOptions(load="contents", health="reload")),
    ("axi", SystemOptions()),
    ("axi", SystemOptions(load="contents")),
    ("axi", SystemOptions(load="contents", health="reload")),
)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A layer around a core, measured.

    Attributes
    ----------
    row : Row
        What it is.
    total, core : Measurement
        What it takes as a whole, and what its core alone takes.
    """

    row: Row
    total: Measurement
    core: Measurement

    @property
    def cells(self) -> tuple[str, ...]:
        """The line of the table, under `HEADINGS`."""
        used, alone = self.total.resources, self.core.resources
        pairs = ((used.lut, alone.lut), (used.ff, alone.ff), (used.bram, alone.bram))
        counts = (_number(number, number - less) for number, less in pairs)
        name = ", ".join(self.row.layer) or "core"
        return (self.row.source, name, *counts, f"{used.path.levels}")

    def as_dict(self) -> dict[str, object]:
        """The line as plain data, for JSON."""
        return {
            "source": self.row.source,
            "layer": list(self.row.layer),
            "total": self.total.as_dict(),
            "core": self.core.as_dict(),
        }


def _rows_around(core: Row) -> tuple[Row, ...]:
    rows = (
        Row(source=core.source, paper=core.paper, system=system, options=options)
        for system, options in _SYSTEMS
    )
    return tuple(row for row in rows if _exists(row))


def _exists(row: Row) -> bool:
    """Whether the generator can have that layer."""
    try:
        SYSTEMS[row.system].check(row.config)
    except PezoError:
        return False
    return True


LAYER_ROWS = tuple(row for core in PAPER_ROWS for row in _rows_around(core))
TABLE_ROWS = (*PAPER_ROWS, *LAYER_ROWS)


def layers(*, cache: Cache = NO_CACHE, on_row: Callable[[], None] = lambda: None) -> list[Layer]:
    """Every preset's core and the layers around it, on the ZCU102's family."""
    wanted = [(row, "xcup") for row in TABLE_ROWS]
    return layers_of(measure_rows(wanted, cache=cache, on_row=on_row))


def layers_of(measurements: Sequence[Measurement]) -> list[Layer]:
    """The table of measurements that are there, of each of `TABLE_ROWS`."""
    cores = {
        row.source: measurement for row, measurement in zip(PAPER_ROWS, measurements, strict=False)
    }
    found = [
        Layer(row=row, total=measurement, core=cores[row.source])
        for row, measurement in zip(TABLE_ROWS, measurements, strict=True)
    ]
    return sorted(found, key=lambda layer: list(cores).index(layer.row.source))


def markdown(table: list[Layer]) -> str:
    """The table as a Markdown page."""
    lines = table_lines(HEADINGS, [layer.cells for layer in table], left=2)
    return "\n".join(["<!-- Written by `make layers`. -->", "", *lines, "", note(table)]) + "\n"


def note(table: list[Layer]) -> str:
    """How to read the table."""
    return NOTE.format(tool=table[0].total.tool)


def _number(number: float, more: float) -> str:
    return f"{number:,g} ({more:+,g})" if more else f"{number:,g}"
