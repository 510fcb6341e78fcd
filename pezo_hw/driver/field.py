"""Neighbouring bits of a register."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A field of a 32-bit register: its lowest bit and how many it has."""

    low: int
    width: int

    @property
    def mask(self) -> int:
        """Ones in its place."""
        return ((1 << self.width) - 1) << self.low

    def of(self, word: int) -> int:
        """Its value in a register's word, unsigned."""
        return (int(word) & self.mask) >> self.low

    def signed_of(self, word: int) -> int:
        """Its value in a register's word, as two's complement."""
        value = self.of(word)
        return value - (value >> (self.width - 1) << self.width)

    def set_in(self, word: int) -> bool:
        """Whether any bit of it is one in a register's word."""
        return bool(word & self.mask)
