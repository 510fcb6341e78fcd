"""The whole orbit of an LFSR in tables, so that any cycle is one look-up away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...numbers.fixed_point import FixedPoint
from .lfsr import LFSRParameters


class Orbit:
    """Every state of a maximal LFSR in the order of the clock cycles.

    Attributes
    ----------
    states : ndarray of uint32, shape (2^b - 1,)
        ``states[j]`` is the state j cycles after state 1.
    phases : ndarray of int64, shape (2^b,)
        The inverse: ``states[phases[x]] == x`` for every x > 0; ``phases[0]`` is -1.
    """

    def __init__(self, lfsr: LFSRParameters) -> None:
        self.states = _states_from_one(lfsr)
        self.phases = np.full(lfsr.period + 1, -1, dtype=np.int64)
        self.phases[self.states] = np.arange(lfsr.period)

    def __len__(self) -> int:
        return len(self.states)

    def mantissas(self, state_format: FixedPoint) -> NDArray[np.int32]:
        """The integer that each of ``states`` is at the pins: two's complement, or 2 * it + 1.

        Parameters
        ----------
        state_format : FixedPoint
            That of `OnTheFlyParameters.state_format`; midrise has a bit more than the states.
        """
        is_midrise = state_format.name == "midrise"
        width = state_format.bits - is_midrise
        signed = self.states.astype(np.int32)
        signed = signed - ((signed >> (width - 1)) << width)
        return 2 * signed + 1 if is_midrise else signed


def _states_from_one(lfsr: LFSRParameters) -> NDArray[np.uint32]:
    """The orbit from state 1, doubled in length by one matrix product at a time."""
    states = np.ones(1, dtype=np.uint32)
    leap = lfsr.cycle_matrix
    while len(states) < lfsr.period:
        states = np.concatenate([states, leap.apply_each(states)])
        leap = leap @ leap
    return states[: lfsr.period]
