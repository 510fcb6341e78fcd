"""What the bits of a pin mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..numbers.beat_layout import BeatLayout

DEFINED = frozenset("01")


@dataclass(frozen=True, kw_only=True)
class Field:
    """As many numbers of as many bits, side by side in a pin, the first lowest.

    Attributes
    ----------
    name : str
        What one of them is; empty where the pin's name says it.
    bits : int
        Of each of them.
    count : int or None
        How many there are, told apart by their index; None for a single one.
    is_signed : bool
        Whether they are in two's complement.
    """

    name: str = ""
    bits: int
    count: int | None = None
    is_signed: bool = False

    @property
    def width(self) -> int:
        """Bits of all of them."""
        return self.bits * (1 if self.count is None else self.count)

    def parts(self) -> Iterator[str]:
        """The name of each of its numbers, the lowest first."""
        if self.count is None:
            yield self.name
        else:
            yield from (f"{self.name} {index}" for index in range(self.count))

    def text(self, bits: str) -> str:
        """One of its numbers in decimal and hexadecimal, or its bits where some are undefined."""
        if set(bits) - DEFINED:
            return f"undefined (0b{bits})"
        number = int(bits, 2)
        if len(bits) == 1:
            return bits
        negative = self.is_signed and bits[0] == "1"
        return f"{number - (negative << len(bits))} ({number:#0{2 + -(-len(bits) // 4)}x})"


Fields = tuple[Field, ...]
"""All fields of a pin, the lowest first."""


def mantissa_lanes(layout: BeatLayout, *, name: str = "lane", bits: int = 0) -> Field:
    """The mantissas of a beat; each in a slot of ``bits`` bits, where that is more than its own."""
    return Field(name=name, bits=bits or layout.lane_bits, count=layout.lanes, is_signed=True)


def beat_fields(layout: BeatLayout, *, slot_bits: int = 0) -> Fields:
    """A beat in one word: the mantissas, and the code above them where there is one."""
    lanes = mantissa_lanes(layout, name="mantissa lane", bits=slot_bits)
    if not layout.code_bits:
        return (lanes,)
    return (lanes, Field(name="code", bits=slot_bits or layout.code_bits))
