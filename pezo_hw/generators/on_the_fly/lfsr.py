"""One linear-feedback shift register: width, taps, how far it moves in a cycle, and its orbit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ... import checks
from ...algebra.matrix import BitMatrix
from ...algebra.polynomial import from_exponents, is_primitive
from ...algebra.taps import DEFAULT_TAPS
from ...errors import ConfigError
from ...numbers.fixed_point import FixedPoint

WIDEST = 64


@dataclass(frozen=True, kw_only=True)
class LFSRParameters:
    """A maximal-length Fibonacci LFSR that shifts left.

    With the state x of b bits, bit 0 the least significant, and taps t_1 = b > t_2 > ...::

        feedback = XOR over t of bit (t - 1) of x
        x        = ((x << 1) | feedback) mod 2^b          (one step)

             +-----------------------------------------------+
             |   +-------------------+        (taps)         |
             v   |                   |                       |
        [XOR of taps] -> bit 0 -> bit 1 -> ... -> bit b-1 ---+

    In the field's terms the characteristic polynomial is x^b + sum of x^(b - t) over the other
    taps + 1; the reciprocal polynomial, x^b + sum of x^t + 1, is primitive exactly when it is.

    Parameters
    ----------
    width : int
        b, 3 to 64.
    taps : sequence of int, optional
        Exponents, b first, strictly falling, the last at least 1. Default: XAPP052's for 3 to 32.
    steps_per_cycle : int
        k >= 1, the steps taken in one clock cycle; coprime to 2^b - 1, so that the orbit of a
        cycle stays whole.

    Raises
    ------
    ConfigError
        For a value out of range, taps that are not maximal (decided algebraically), or a k that
        shares a factor with the period.

    Examples
    --------
    >>> from pezo_hw.generators.on_the_fly.lfsr import LFSRParameters
    >>> lfsr = LFSRParameters(width=8)
    >>> lfsr.taps, lfsr.period
    ((8, 6, 5, 4), 255)
    >>> lfsr.step(1), lfsr.step(128)
    (2, 1)
    """

    width: int
    taps: Sequence[int] | None = None
    steps_per_cycle: int = 1

    def __post_init__(self) -> None:
        width = checks.integer("width", self.width, 3, WIDEST)
        object.__setattr__(self, "width", width)
        object.__setattr__(self, "taps", self._checked_taps())
        steps = checks.integer("steps_per_cycle", self.steps_per_cycle, 1)
        shared = math.gcd(steps, self.period)
        if shared != 1:
            allowed = f"an integer coprime to 2^{width} - 1 = {self.period} (shares {shared})"
            raise ConfigError("steps_per_cycle", steps, allowed)
        object.__setattr__(self, "steps_per_cycle", steps)

    def _checked_taps(self) -> tuple[int, ...]:
        width = self.width
        allowed = f"a list of integers that starts with width = {width} and strictly falls to >= 1"
        if self.taps is None:
            if width not in DEFAULT_TAPS:
                raise ConfigError("taps", "default", f"taps given for a width above {32}")
            return DEFAULT_TAPS[width]
        taps = checks.integers("taps", self.taps, allowed)
        falling = all(high > low for high, low in pairwise(taps))
        if not taps or taps[0] != width or taps[-1] < 1 or not falling:
            raise ConfigError("taps", list(taps), allowed)
        if not is_primitive(from_exponents((*taps, 0))):
            maximal = f"taps of period 2^{width} - 1"
            if width in DEFAULT_TAPS:
                maximal += f", such as {list(DEFAULT_TAPS[width])}"
            raise ConfigError("taps", list(taps), maximal)
        return taps

    @property
    def period(self) -> int:
        """Cycles until a state returns: 2^b - 1."""
        return (1 << self.width) - 1

    @cached_property
    def tap_mask(self) -> int:
        """The bits of the state that feed back."""
        return from_exponents(tap - 1 for tap in self.taps or ())

    def step(self, state: int) -> int:
        """One step of the register, bit-serially; everything else is derived from this."""
        feedback = (state & self.tap_mask).bit_count() & 1
        return ((state << 1) | feedback) & self.period

    @cached_property
    def cycle_matrix(self) -> BitMatrix:
        """What one clock cycle does to a state: the serial step, k times, as a matrix."""
        one_step = BitMatrix.of_linear_step(self.step, self.width)
        return one_step ** (self.steps_per_cycle % self.period)

    def advance(self, state: int, cycles: int) -> int:
        """The state ``cycles`` clock cycles later; negative counts run the register backwards."""
        return (self.cycle_matrix ** (cycles % self.period)).apply(state)


class Orbit:
    """Every state of a maximal LFSR in the order of the clock cycles: any one is a look-up away.

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
