"""One scale factor for all cycles, where a table of them would hardly say more."""

from __future__ import annotations

import math

import numpy as np

from ...numbers.fixed_point import FixedPoint
from ...numbers.perturbation import expected_gaussian_norm
from .orbit import Orbit
from .scaling import ScalingParameters


def mean_square_norm(rngs: int, state_format: FixedPoint, orbit: Orbit) -> float:
    """The mean over the orbit of the sum of value² over n RNGs.

    Over an orbit every RNG visits every state, so that the mean is n times that over the states,
    whatever the seeds. The sum is one of integers, exact, and the quotient is rounded once.
    """
    squares = orbit.mantissas(state_format).astype(np.int64) ** 2
    mean = rngs * int(squares.sum()) / len(orbit)
    return math.ldexp(mean, -2 * state_format.frac)


def constant_exponent(
    *, rngs: int, state_format: FixedPoint, scaling: ScalingParameters, orbit: Orbit
) -> int:
    """The exponent e of all cycles: that of s = E_n / √(mean over the orbit of the norm²).

    Parameters
    ----------
    rngs : int
        n.
    state_format : FixedPoint
        What the mantissa of a state means.
    scaling : ScalingParameters
        How s is rounded.
    orbit : Orbit
        That of one RNG.

    Examples
    --------
    >>> import pezo_hw
    >>> pezo_hw.load("wide").parameters.base  # s = 1.73, over a gain of 0.8
    1
    """
    scale = expected_gaussian_norm(rngs) / math.sqrt(mean_square_norm(rngs, state_format, orbit))
    return int(scaling.exponents_of(np.array([scale]))[0])
