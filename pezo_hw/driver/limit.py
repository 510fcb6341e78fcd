"""What a field of the registers holds, and what it can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# Of the registers that never change, by their offsets.
Words = Mapping[int, int]

WIDEST_WORD = 32  # of a load, and of a mantissa
SIGNED_BYTE = (-0x80, 0x7F)


class Limit(NamedTuple):
    """What a field holds, and what it can hold: ``low`` to ``high``, and what ``rule`` says."""

    field: str
    value: int
    low: int
    high: int
    rule: str = ""
    obeyed: bool = True
    notation: str = "d"

    @property
    def holds(self) -> bool:
        """Whether the field can hold that."""
        return self.obeyed and self.low <= self.value <= self.high

    @property
    def allowed(self) -> str:
        """In words."""
        low, high = (format(bound, self.notation) for bound in (self.low, self.high))
        numbers = low if self.low == self.high else f"an integer from {low} to {high}"
        return f"{numbers}, {self.rule}" if self.rule else numbers
