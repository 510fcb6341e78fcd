"""The first clock cycle at which hardware and golden model differ, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .fields import DEFINED, Field, Fields


@dataclass(frozen=True, kw_only=True)
class WrongPin:
    """A pin that differs.

    Attributes
    ----------
    pin : str
        Its name.
    observed, expected : str
        Its bits, the highest first; ``x`` and ``z`` are undefined ones.
    fields : tuple of Field
        What they mean.
    """

    pin: str
    observed: str
    expected: str
    fields: Fields

    def differences(self) -> Iterator[str]:
        """A clause for each number of the pin that differs, the lowest first."""
        if len(self.observed) != len(self.expected):
            yield f"{self.pin} has {len(self.observed)} bits, expected {len(self.expected)}"
            return
        low, rest = 0, len(self.observed) - sum(field.width for field in self.fields)
        for field in (*self.fields, *([Field(name="rest", bits=rest)] if rest > 0 else [])):
            for name in field.parts():
                seen, wanted = (_part(bits, low, field) for bits in (self.observed, self.expected))
                low += field.bits
                if seen != wanted:
                    who = f"{self.pin} {name}".rstrip()
                    yield f"{who} is {field.text(seen)}, expected {field.text(wanted)}"

    def values(self) -> str:
        """Two lines with all of its bits."""
        observed, expected = _hex(self.observed), _hex(self.expected)
        return f"  {self.pin} is       {observed}\n  {self.pin} expected {expected}"


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """A clock cycle in which pins differ.

    Attributes
    ----------
    cycle : int
        Of those that were compared together.
    pins : tuple of WrongPin
        The pins that differ in it; at least one.
    """

    cycle: int
    pins: tuple[WrongPin, ...]

    def summary(self, first_cycle: int) -> str:
        """The cycle, counted on from ``first_cycle``, and the first number that differs in it."""
        first, *others = self._differences()
        more = f" ({len(others)} more differ)" if others else ""
        return f"cycle {first_cycle + self.cycle}: {first}{more}"

    def report(self, first_cycle: int) -> str:
        """Lines with every number that differs, and the whole value of every pin that does."""
        lines = [f"cycle {first_cycle + self.cycle}:", *(f"  {d}" for d in self._differences())]
        return "\n".join([*lines, *(pin.values() for pin in self.pins)])

    def _differences(self) -> list[str]:
        return [difference for pin in self.pins for difference in pin.differences()]


def _part(bits: str, low: int, field: Field) -> str:
    return bits[len(bits) - low - field.bits : len(bits) - low]


def _hex(bits: str) -> str:
    """All of the bits: in hexadecimal, or one by one where some are undefined."""
    if set(bits) - DEFINED:
        return f"0b{bits}"
    return f"0x{int(bits, 2):0{-(-len(bits) // 4)}x}"
