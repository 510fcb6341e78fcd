"""The tree's stream."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ....numbers.fixed_point import FixedPoint
from ....numbers.stream import phases
from ..kind import GaussianStream
from ..xnor_lfsr import xnor_lfsr
from .levels import LEVELS, SIGN_THRESHOLD, WIDTHS

FIXED_POINT = FixedPoint(name="midrise", bits=9, frac=6)
LATENCY = 1
ORBIT = math.lcm(*((1 << width) - 1 for width in WIDTHS))
SAMPLE_BITS = len(WIDTHS)


def mantissas_of(words: Sequence[NDArray[np.int64]]) -> NDArray[np.int32]:
    """The mantissas that random words make, those of bit 7 first; all of one shape, as is theirs.

    The sign is that of bit 7's word. A magnitude f of 7 bits is found from bit 6 on, each bit at
    the node that the bits before it choose. Half a tree is enough, since a negative sign
    complements all bits: the mantissa is 255 - 2f, or 2f - 255 for a negative sign.
    """
    path = np.zeros(words[0].shape, dtype=np.int32)
    for depth, (level, word) in enumerate(zip(LEVELS, words[1:], strict=True)):
        path = (path << 1) | level.outcomes[path >> (depth - level.prefix), word]
    magnitude = (1 << SAMPLE_BITS) - 1 - 2 * path
    return np.where(words[0] >= SIGN_THRESHOLD, magnitude, -magnitude)


class TreeStream(GaussianStream):
    """What lanes of `LEVELS` show, from their start states.

    The registers of a lane at cycle t have taken t steps, and `mantissas_of` their states is its
    number.

    Memory: the start phases, and the orbits of registers of up to 10 bits.

    Parameters
    ----------
    starts : ndarray of int, shape (W, 8)
        The state of each lane's registers at cycle 0, that of bit 7 first; none is all ones.
    """

    def __init__(self, starts: NDArray[np.int64]) -> None:
        super().__init__(lanes=len(starts), orbit=ORBIT, fixed_point=FIXED_POINT, latency=LATENCY)
        self._lfsrs = [xnor_lfsr(width) for width in WIDTHS]
        self.start_phases = [
            lfsr.phases[starts[:, index]] for index, lfsr in enumerate(self._lfsrs)
        ]

    def states(self, start: int, count: int, register: int) -> NDArray[np.int64]:
        """The states of one register of every lane, 0 that of bit 7, shape (count, W)."""
        lfsr = self._lfsrs[register]
        moved = phases(start, count, lfsr.period)[:, None]
        states: NDArray[np.int64] = lfsr.states[(self.start_phases[register] + moved) % lfsr.period]
        return states

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        return mantissas_of([self.states(start, count, place) for place in range(len(WIDTHS))])
