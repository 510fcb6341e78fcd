"""Independent numbers at the speed of a software generator, any of them by its index."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...numbers.number_tables import Numbers

# Numbers are drawn in blocks of so many: small enough for the cache, large enough for NumPy.
BLOCK = 1 << 15
_HALF = BLOCK // 2
_LEVELS = 1 << 16
_WORD_BYTES = 8
# Philox counts in groups of four words.
_GROUP_BYTES = 4 * _WORD_BYTES

Words = NDArray[np.uint8]
Floats = NDArray[np.float32]


class Distribution(NamedTuple):
    """How a block of numbers comes from random bytes.

    Attributes
    ----------
    bits : int
        Random bits that a number takes.
    shape : callable
        ``shape(words)``: `BLOCK` float32 numbers out of ``BLOCK * bits / 8`` bytes.
    """

    bits: int
    shape: Callable[[Words], Floats]


class DrawnNumbers(Numbers):
    """Number i is number i mod `BLOCK` of block i div `BLOCK`, which has words of its own.

    Block b takes its words from Philox4x64-10 with a key of two words and the counter at the
    block's first group of words, so that any block costs the same. NumPy promises these words for
    good, and the rest are tables and exact operations: the numbers are the same everywhere.

    Parameters
    ----------
    distribution : Distribution
        Of the numbers.
    key : tuple of (int, int)
        Each below 2^64.
    """

    def __init__(self, distribution: Distribution, key: tuple[int, int]) -> None:
        super().__init__(np.dtype(np.float32))
        self.run = BLOCK
        self._distribution = distribution
        self._key = np.array(key, dtype=np.uint64)
        self._last: tuple[int, Floats] | None = None

    def read(self, first: int, count: int) -> Floats:
        block, start = divmod(first, BLOCK)
        numbers = self._block(block)[start : start + count]
        if len(numbers) == count:
            return numbers
        return np.concatenate([numbers, self._block(block + 1)[: count - len(numbers)]])

    def _block(self, index: int) -> Floats:
        """A block; the last one is kept, since whoever reads goes on in it."""
        last = self._last
        if last is not None and last[0] == index:
            return last[1]
        size = BLOCK * self._distribution.bits // 8
        bits = np.random.Philox(key=self._key, counter=index * (size // _GROUP_BYTES))
        words = bits.random_raw(size // _WORD_BYTES).astype("<u8", copy=False)
        numbers = self._distribution.shape(words.view(np.uint8))
        self._last = (index, numbers)
        return numbers


def gaussian(words: Words) -> Floats:
    """N(0, 1) by Box and Muller's transform of two words of 16 bits for two numbers.

    Radius and angle have 65,536 values each, the middles of equal shares; so no number is beyond
    4.86, which one of 840,000 would be.
    """
    radius, cosine, sine = polar_tables()
    picks = words.view("<u2")
    numbers = np.empty(BLOCK, np.float32)
    # "clip" is the mode that makes no copy; no index is out of range.
    lengths = np.take(radius, picks[:_HALF], mode="clip")
    np.take(cosine, picks[_HALF:], out=numbers[:_HALF], mode="clip")
    np.take(sine, picks[_HALF:], out=numbers[_HALF:], mode="clip")
    numbers.reshape(2, _HALF)[...] *= lengths
    return numbers


@cache
def polar_tables() -> tuple[Floats, Floats, Floats]:
    """Radii, of mean square 2 exactly, and the cosines and sines of the angles."""
    middles = (np.arange(_LEVELS) + 0.5) / _LEVELS
    squares = -2.0 * np.log(middles)
    radius = np.sqrt(squares * (2.0 / squares.mean()))
    angle = 2.0 * np.pi * middles
    return tuple(table.astype(np.float32) for table in (radius, np.cos(angle), np.sin(angle)))  # type: ignore[return-value]


def rademacher(words: Words) -> Floats:
    """-1 or +1, a bit a number."""
    numbers = np.unpackbits(words).astype(np.float32)
    numbers *= 2.0
    numbers -= 1.0
    return numbers


def uniform(words: Words) -> Floats:
    """U(-1, 1) in steps of 2^-23, of which none is +1."""
    numbers = (words.view("<u4") >> 8).astype(np.float32)
    numbers *= np.float32(2.0**-23)
    numbers -= 1.0
    return numbers


def integers(width: int) -> Callable[[Words], Floats]:
    """Every two's complement integer of ``width`` bits alike."""

    def shape(words: Words) -> Floats:
        return (words.view("<i4") >> (32 - width)).astype(np.float32)

    return shape
