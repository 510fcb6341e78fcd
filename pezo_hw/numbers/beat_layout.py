"""How a beat lies in one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import checks

if TYPE_CHECKING:
    from ..generators.on_the_fly.parameters import OnTheFlyParameters
    from ..generators.pre_generated.parameters import PreGeneratedParameters


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
    """

    lanes: int
    lane_bits: int
    code_bits: int

    def __post_init__(self) -> None:
        checks.integer("lanes", self.lanes, 1)
        checks.integer("lane_bits", self.lane_bits, 1)
        checks.integer("code_bits", self.code_bits, 0)

    @classmethod
    def of(cls, parameters: OnTheFlyParameters | PreGeneratedParameters) -> BeatLayout:
        """The layout of a generator's beats."""
        return cls(
            lanes=parameters.lanes,
            lane_bits=parameters.fixed_point.bits,
            code_bits=parameters.code_bits,
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
