"""How a beat lies in one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .. import checks
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
