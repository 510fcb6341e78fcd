"""Square bit matrices: one linear step of a state register, its powers and its inverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class BitMatrix:
    """A square matrix over GF(2) acting on states of ``size`` bits.

    Attributes
    ----------
    rows : tuple of int
        ``rows[i]`` is the mask of the input bits whose XOR is output bit i. In hardware a row is
        one XOR gate, and its number of ones the gate's fan-in.
    """

    rows: tuple[int, ...]

    @property
    def size(self) -> int:
        """Bits of a state."""
        return len(self.rows)

    @classmethod
    def identity(cls, size: int) -> BitMatrix:
        """The matrix that changes nothing."""
        return cls(rows=tuple(1 << i for i in range(size)))

    @classmethod
    def of_linear_step(cls, step: Callable[[int], int], size: int) -> BitMatrix:
        """The matrix of a linear function of ``size`` bits, found by running it on unit vectors."""
        return cls.from_columns([step(1 << i) for i in range(size)])

    @classmethod
    def from_columns(cls, columns: list[int]) -> BitMatrix:
        """The matrix whose column j is the image of the unit vector of bit j."""
        size = len(columns)
        return cls(
            rows=tuple(sum(((columns[j] >> i) & 1) << j for j in range(size)) for i in range(size))
        )

    @property
    def columns(self) -> list[int]:
        """The image of each unit vector."""
        return list(BitMatrix.from_columns(list(self.rows)).rows)

    def __matmul__(self, other: BitMatrix) -> BitMatrix:
        return BitMatrix.from_columns([self.apply(column) for column in other.columns])

    def __pow__(self, exponent: int) -> BitMatrix:
        """The matrix applied ``exponent`` >= 0 times, by squaring."""
        result, square = BitMatrix.identity(self.size), self
        while exponent:
            if exponent & 1:
                result = square @ result
            square = square @ square
            exponent >>= 1
        return result

    def apply(self, state: int) -> int:
        """The next state of one state."""
        return sum(((row & state).bit_count() & 1) << i for i, row in enumerate(self.rows))

    def apply_each(self, states: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The next state of every element of an array, shape kept; ``size`` must be at most 32."""
        images = np.zeros_like(states)
        for bit, column in enumerate(self.columns):
            images ^= ((states >> np.uint32(bit)) & np.uint32(1)) * np.uint32(column)
        return images
