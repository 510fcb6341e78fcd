"""What tells one pool of stored numbers from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..shape import Shape


@dataclass(frozen=True, kw_only=True)
class Pool(Shape):
    """Rows of stored numbers, one a beat.

    Attributes
    ----------
    lanes : int
        Numbers of a beat (W), and of a row.
    width : int
        Bits of a number.
    rows : int
        How many rows there are.
    """

    strategy: ClassVar[str] = "pre-generated"

    width: int
    rows: int

    @property
    def low(self) -> int:
        """The lowest number of its width."""
        return -(1 << (self.width - 1))

    @property
    def high(self) -> int:
        """The highest number of its width."""
        return (1 << (self.width - 1)) - 1
