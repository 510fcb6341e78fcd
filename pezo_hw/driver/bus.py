"""How the driver reaches the registers and their fields."""

from __future__ import annotations

import operator
from typing import NamedTuple, Protocol

from .errors import ArgumentError, shown


class MMIO(Protocol):
    """Anything with the two methods of ``pynq.MMIO``; offsets are in bytes, words of 32 bits."""

    def read(self, offset: int) -> int:
        """The register's word."""
        ...

    def write(self, offset: int, data: int) -> None:
        """Writes the register's word."""
        ...


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


def any_integer(name: str, value: object) -> int:
    """A plain integer; NumPy's are taken as well.

    Raises
    ------
    ArgumentError
        Naming it and what was given.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise ArgumentError(f"{name} = {shown(value)} is not allowed; allowed: an integer")
    return number


def integer(name: str, value: object, low: int, high: int) -> int:
    """A plain integer from ``low`` to ``high``; NumPy's are taken as well.

    Raises
    ------
    ArgumentError
        Naming it, what was given and what is allowed.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if isinstance(value, bool) or not low <= number <= high:
        allowed = f"an integer from {low} to {high}"
        raise ArgumentError(f"{name} = {shown(value)} is not allowed; allowed: {allowed}")
    return number
