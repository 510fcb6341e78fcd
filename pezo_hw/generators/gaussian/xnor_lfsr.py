"""A short shift register with XNOR feedback: its whole orbit, and where it starts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ... import checks
from ...algebra.polynomial import from_exponents
from ...algebra.taps import DEFAULT_TAPS

WIDEST = 16


class XNORLFSR:
    """A maximal-length LFSR that shifts left and whose feedback is inverted.

    With the taps of `DEFAULT_TAPS`, bit 0 the least significant, one step is::

        feedback = 1 XOR (XOR over the taps t of bit (t - 1) of x)
        x        = ((x << 1) | feedback) mod 2^width

    All states but all ones follow one another, so that a register that powers up in zeros runs; in
    all ones it would stay. `xnor_lfsr` keeps one of each width.

    Parameters
    ----------
    width : int
        Bits of the state, 3 to 16.

    Attributes
    ----------
    width : int
        The same.
    period : int
        2^width - 1.
    tap_mask : int
        The bits of the state that feed back.
    states : ndarray of int64, shape (period,)
        ``states[j]`` is the state j steps after state 0.
    phases : ndarray of int64, shape (period,)
        The inverse: ``states[phases[x]] == x``.
    """

    def __init__(self, width: int) -> None:
        self.width = checks.integer("width", width, 3, WIDEST)
        self.period = (1 << width) - 1
        self.tap_mask = from_exponents(tap - 1 for tap in DEFAULT_TAPS[width])
        orbit = [0]
        while (state := self.step(orbit[-1])) != 0:
            orbit.append(state)
        self.states: NDArray[np.int64] = np.array(orbit, dtype=np.int64)
        self.phases: NDArray[np.int64] = np.empty(self.period, dtype=np.int64)
        self.phases[self.states] = np.arange(self.period)

    def step(self, state: int) -> int:
        """One step of the register, bit-serially."""
        feedback = ~(state & self.tap_mask).bit_count() & 1
        return ((state << 1) | feedback) & self.period

    def advance(self, state: int, steps: int) -> int:
        """The state any number of steps later, or earlier where it is negative."""
        return int(self.states[(int(self.phases[state]) + steps) % self.period])


@cache
def xnor_lfsr(width: int) -> XNORLFSR:
    """The register of a width; its orbit is walked once."""
    return XNORLFSR(width)


def start_states(seed: int, lanes: int, widths: Sequence[int]) -> NDArray[np.int64]:
    """The states of each lane's registers at cycle 0, shape (lanes, registers).

    Word after word of PCG64's raw output, lane 0 first and within a lane in the order of the
    widths; a word w gives w mod (2^width - 1), which is any state but the all ones in which a
    register with XNOR feedback would stay. numpy guarantees these words for a seed for ever.
    """
    words = np.random.PCG64(seed).random_raw(lanes * len(widths)).reshape(lanes, len(widths))
    periods = np.array([(1 << width) - 1 for width in widths], dtype=np.uint64)
    return (words % periods).astype(np.int64)
