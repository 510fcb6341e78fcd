"""How often a number of the Box-Muller transform has each value."""

from __future__ import annotations

from functools import cache

import numpy as np

from ....numbers.distribution import Distribution
from .model import (
    ANGLE_BITS,
    DROPPED,
    FRAC,
    LOG_INDEX_BITS,
    PLACE_BITS,
    RADIUS_BITS,
    Integers,
    cosines_of,
    lengths_of,
    squares_at,
)

# Of what the radius and the angle depend on, every so many: evenly spaced, so that what is between
# them differs by less than a step of the output.
_RADIUS_STRIDE, _ANGLE_STRIDE = 64, 16
# Octaves of u, each of half the probability of the one before. The last ones have fewer states.
_OCTAVES = RADIUS_BITS + 1


@cache
def distribution_of_a_number() -> Distribution:
    """Of a lattice of radii and angles, each of the same weight within an octave."""
    beyond = _longer_than()
    angles = np.arange(_ANGLE_STRIDE // 2, 1 << ANGLE_BITS, _ANGLE_STRIDE)
    most = (len(beyond) >> (DROPPED - 16)) + 1
    bounds = (2 * np.arange(1, most + 1, dtype=np.int64) - 1) << (DROPPED - 1)
    at_least = np.zeros(most + 1)
    at_least[0] = 1
    for cosine in cosines_of(angles).tolist():
        # A magnitude k needs a length of that much.
        needed = np.minimum(-(-bounds // cosine), len(beyond) - 1)
        at_least[1:] += beyond[needed] / len(angles)
    magnitudes = at_least - np.append(at_least[1:], 0)
    halves = magnitudes[1:] / 2
    probabilities = np.concatenate([halves[::-1], magnitudes[:1], halves])
    return Distribution.of_steps(probabilities, FRAC)


def _longer_than() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The probability of a radius of at least n steps, by n, down to 0."""
    normal = np.arange(_RADIUS_STRIDE // 2, 1 << (LOG_INDEX_BITS + PLACE_BITS), _RADIUS_STRIDE)
    found = np.zeros(1)
    for octave in range(_OCTAVES):
        zeros: Integers = np.full(len(normal), octave)
        lengths = np.bincount(lengths_of(squares_at(zeros, normal)))
        weighed = lengths * 0.5 ** (octave + 1) / len(normal)
        longest = max(len(found), len(weighed))
        found = np.pad(found, (0, longest - len(found)))
        found[: len(weighed)] += weighed
    tail = np.cumsum(found[::-1])[::-1]
    return np.append(tail / tail[0], 0)
