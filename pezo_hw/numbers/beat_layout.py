"""How a beat lies in one word, and how wide a word of the hardware may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .. import checks
from ..errors import ConfigError
from .fixed_point import FixedPoint

MOST_LANES = 1 << 16


class BeatSource(Protocol):
    """Anything that says how its beats are made up, such as a generator's parameters."""

    @property
    def lanes(self) -> int:
        """W."""

    @property
    def fixed_point(self) -> FixedPoint:
        """The format of a mantissa."""

    @property
    def code_bits(self) -> int:
        """Bits of the code, or 0."""


@dataclass(frozen=True, kw_only=True)
class BeatLayout:
    """The mantissas lowest, lane 0 first, and the exponent code above them where there is one.

    Attributes
    ----------
    lanes : int
        W >= 1.
    lane_bits : int
        Bits of one mantissa.
    code_bits : int
        Bits of the code; 0 where there is none.

    Examples
    --------
    >>> import pezo_hw
    >>> from pezo_hw.numbers.beat_layout import BeatLayout
    >>> layout = BeatLayout.of(pezo_hw.load("paper-roberta").parameters)
    >>> layout.fields, layout.width
    ({'mantissa': 248, 'code': 2}, 250)
    """

    lanes: int
    lane_bits: int
    code_bits: int

    def __post_init__(self) -> None:
        checks.integer("lanes", self.lanes, 1)
        checks.integer("lane_bits", self.lane_bits, 1)
        checks.integer("code_bits", self.code_bits, 0)

    @classmethod
    def of(cls, source: BeatSource) -> BeatLayout:
        """The layout of a generator's beats."""
        return cls(
            lanes=source.lanes,
            lane_bits=source.fixed_point.bits,
            code_bits=source.code_bits,
        )

    @property
    def fields(self) -> dict[str, int]:
        """Bits of each field by name, the lowest first; the names are those of the core's pins."""
        fields = {"mantissa": self.lanes * self.lane_bits}
        return fields | ({"code": self.code_bits} if self.code_bits else {})

    @property
    def width(self) -> int:
        """Bits of a beat."""
        return sum(self.fields.values())


# Amaranth allows no wider ones, and numbers the bits of a value by 16 bits of its own: what a
# module's cells drive has to stay one below that.
WIDEST_WIRE = 1 << 16
WIDEST_VALUE = WIDEST_WIRE - 1


def check_bus(
    key: str, count: int, bits: int, *, widest: int = WIDEST_VALUE, more: int = 0
) -> None:
    """Checks that so many numbers side by side are a bus that hardware can have.

    The stream in software has no such bound.

    Parameters
    ----------
    key : str
        What says how many there are, with its section.
    count, bits : int
        How many, and the bits of each.
    widest : int
        `WIDEST_VALUE`, or `WIDEST_WIRE` where no cell drives the bus.
    more : int
        Bits of the bus beside them.

    Raises
    ------
    ConfigError
        Where it would be too wide.
    """
    most = (widest - more) // bits
    if count > most:
        beside = f" and {more} more" if more else ""
        bus = f"{count} times {bits} bits{beside} are a bus of over {widest:,}"
        raise ConfigError(key, count, f"an integer up to {most} for this hardware: {bus}")
