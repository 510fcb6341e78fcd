"""What tells one pool of stored numbers from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..lfsr import LFSR
from ..shape import Shape


@dataclass(frozen=True, kw_only=True)
class Pool(Shape):
    """Stored numbers: in rows, one a beat, or in copies, which can start with any number.

    Attributes
    ----------
    lanes : int
        Numbers of a beat (W), and of a row.
    width : int
        Bits of a number.
    depth : int
        Rows, or where the pool is stored in copies its numbers.
    taps : tuple of int
        Of the LFSR that addresses copies, the highest first; empty where there is none.
    steps_a_number : int
        Of the address of copies, from a number to the next; 0 with rows.
    """

    strategy: ClassVar[str] = "pre-generated"

    width: int
    depth: int
    taps: tuple[int, ...] = ()
    steps_a_number: int = 0

    @property
    def in_copies(self) -> bool:
        """Whether the pool is stored in copies; otherwise once, in rows of W numbers."""
        return self.steps_a_number > 0

    @property
    def address_register(self) -> LFSR:
        """That counts through the addresses of copies, where there are taps."""
        return LFSR(width=self.depth.bit_length(), taps=self.taps)

    @property
    def low(self) -> int:
        """The lowest number of its width."""
        return -(1 << (self.width - 1))

    @property
    def high(self) -> int:
        """The highest number of its width."""
        return (1 << (self.width - 1)) - 1

    def words(self, numbers: NDArray[np.integer]) -> NDArray[np.int64]:
        """Numbers as words of its width; raises ArgumentError where one is out of range."""
        if (worst := int(numbers.min())) < self.low or (worst := int(numbers.max())) > self.high:
            allowed = f"integers from {self.low} to {self.high}"
            raise ArgumentError(
                f"numbers with {worst} among them is not allowed; allowed: {allowed}"
            )
        words: NDArray[np.int64] = numbers.astype(np.int64) & ((1 << self.width) - 1)
        return words
