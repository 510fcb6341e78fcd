"""What a mantissa's bits mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FixedPoint:
    """A two's complement number of ``bits`` bits worth mantissa * 2^-frac.

    Attributes
    ----------
    name : str
        What the config calls the format.
    bits : int
        Width of one mantissa at the pins.
    frac : int
        Fraction bits; negative where the least significant bit is worth more than 1.

    Examples
    --------
    >>> from pezo_hw.numbers.fixed_point import FixedPoint
    >>> form = FixedPoint.of_states("twos-complement", 8)
    >>> str(form)
    'twos-complement, 8 bits, 7 of them fraction'
    >>> -128 * 2.0**-form.frac  # the lowest mantissa
    -1.0
    """

    name: str
    bits: int
    frac: int

    @classmethod
    def of_states(cls, name: str, width: int) -> FixedPoint:
        """The format of LFSR states: twos-complement keeps b bits, midrise adds a constant one."""
        if name == "midrise":
            return cls(name=name, bits=width + 1, frac=width)
        return cls(name=name, bits=width, frac=width - 1)

    def shifted(self, places: int, base: int) -> FixedPoint:
        """The format of mantissas shifted left by up to ``places``, their unit scaled by 2^base."""
        return FixedPoint(name="fixed-point", bits=self.bits + places, frac=self.frac - base)

    def __str__(self) -> str:
        return f"{self.name}, {self.bits} bits, {self.frac} of them fraction"
