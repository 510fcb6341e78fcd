"""How the driver reaches the registers."""

from __future__ import annotations

import operator
from typing import Protocol

from .errors import ArgumentError


class MMIO(Protocol):
    """Anything with the two methods of ``pynq.MMIO``; offsets are in bytes, words of 32 bits."""

    def read(self, offset: int) -> int:
        """The register's word."""
        ...

    def write(self, offset: int, data: int) -> None:
        """Writes the register's word."""
        ...


def any_integer(name: str, value: object) -> int:
    """A plain integer; NumPy's are taken as well.

    Raises
    ------
    ArgumentError
        Naming it and what was given.
    """
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise ArgumentError(f"{name} = {value} is not allowed; allowed: an integer") from None


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
        raise ArgumentError(f"{name} = {value} is not allowed; allowed: {allowed}")
    return number
