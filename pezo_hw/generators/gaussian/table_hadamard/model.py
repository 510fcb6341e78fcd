"""The table-Hadamard stream."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ....checks import integer
from ....numbers.fixed_point import FixedPoint
from ..kind import GaussianStream
from .table import FRAC, MANTISSA_BITS, ODD_SAMPLES, SIZE, SOURCE, STAGES, WORD_BITS

FIXED_POINT = FixedPoint(name="twos-complement", bits=MANTISSA_BITS, frac=FRAC)
# A register behind the table, and one behind each stage of the transform.
LATENCY = 1 + STAGES


def hadamard(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """The Walsh-Hadamard transform of the last axis, in natural order, without a scale.

    Output k is the sum over i of samples[i], negative where i AND k has an odd number of ones.
    """
    shape = samples.shape
    for stage in range(STAGES):
        pairs = samples.reshape(*shape[:-1], SIZE >> (stage + 1), 2, 1 << stage)
        first, second = pairs[..., 0, :], pairs[..., 1, :]
        samples = np.stack([first + second, first - second], axis=-2)
    return samples.reshape(shape)


def mantissas_of(words: NDArray[np.integer]) -> NDArray[np.int16]:
    """What groups of 16 random words make, shape (..., 16).

    The samples are halves of the odd numbers, and sixteen odd ones make an even sum.
    """
    return hadamard(ODD_SAMPLES[words]) >> 1


class TableHadamardStream(GaussianStream):
    """W lanes, 16 of them from each register.

    The register of a group at cycle t has gone t cycles from its start; its low 112 bits are 16
    random words, word i in bits 7i ... 7i + 6, and `mantissas_of` them are those of lanes
    16g ... 16g + 15. Lanes past W are dropped.

    Parameters
    ----------
    starts : sequence of int
        The state of each group's register at cycle 0; none is all ones.
    lanes : int
        W, at most 16 times as many.
    """

    def __init__(self, starts: Sequence[int], lanes: int) -> None:
        period = SOURCE.period
        super().__init__(lanes=lanes, orbit=period, fixed_point=FIXED_POINT, latency=LATENCY)
        self._starts = starts

    def states(self, start: int, count: int) -> NDArray[np.uint8]:
        """The bits of the registers, shape (count, groups, 127), each the highest bit first."""
        bits = self._bits(start, max(count - 1, 0))
        windows = np.lib.stride_tricks.sliding_window_view(bits, SOURCE.width, axis=1)
        return windows[:, :: SOURCE.leap].swapaxes(0, 1)[:count]

    def words(self, start: int, count: int) -> NDArray[np.uint8]:
        """The random words, shape (groups, count, 16)."""
        fresh = self._bits(start, count)[:, SOURCE.width - SOURCE.leap : -SOURCE.leap]
        split = fresh.reshape(len(self._starts), count, SIZE, WORD_BITS)
        words = np.zeros(split.shape[:-1], dtype=np.uint8)
        for place in range(WORD_BITS):
            words = (words << 1) | split[..., place]
        return words[..., ::-1]

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        start, count = integer("start", start, 0), integer("count", count, 0)
        mixed = mantissas_of(self.words(start, count))
        lanes = mixed.swapaxes(0, 1).reshape(count, SIZE * len(self._starts))[:, : self.lanes]
        return lanes.astype(np.int32)

    def _bits(self, start: int, count: int) -> NDArray[np.uint8]:
        """The registers' bits from a cycle on, as `LeapLFSR.bits` has them."""
        states = [SOURCE.advance(state, start) for state in self._starts]
        return SOURCE.bits(states, count)
