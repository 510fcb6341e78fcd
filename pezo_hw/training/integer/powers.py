"""2^y and log2 in fixed point, out of tables that integers alone make.

| table | entries | what |
| --- | --: | --- |
| `POWERS` | 257 | 2^(i/256) * 2^24, to nearest |
| `LOGARITHMS` | 257 | log2(1 + i/256) * 2^20, to nearest |

Between two entries both are taken as straight. With every rounding, 2^y is then within 2^-19 of
itself and two units of its last place, and log2 within 5 units of its last place.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

POWER_BITS = 24
"""Fraction bits of what `power_of_two` gives: 2^0 is 2^24."""
LOG_BITS = 20
"""Fraction bits of exponents and logarithms."""
_INDEX_BITS = 8
_REST_BITS = LOG_BITS - _INDEX_BITS
_GUARD = 96  # bits in which the tables are made
_MOST_SHIFT = POWER_BITS + 1
_MOST_NUMBER_BITS = 42


def _powers() -> NDArray[np.int64]:
    """2^(1/256) is eight square roots of 2; each is cut off at 2^-96, far below the last place."""
    root = 2 << _GUARD
    for _ in range(_INDEX_BITS):
        root = math.isqrt(root << _GUARD)
    value, found = 1 << _GUARD, []
    for _ in range((1 << _INDEX_BITS) + 1):
        found.append(_nearest(value, _GUARD - POWER_BITS))
        value = (value * root) >> _GUARD
    return np.array(found, np.int64)


def _logarithms() -> NDArray[np.int64]:
    entries = range(1 << _INDEX_BITS, 2 << _INDEX_BITS)
    found = [_logarithm(entry << (_GUARD - _INDEX_BITS)) for entry in entries]
    return np.array([*found, 1 << LOG_BITS], np.int64)


def _logarithm(value: int) -> int:
    """Log2 of value / 2^96 from 1 to 2, bit after bit: a square has twice the logarithm."""
    bits, places = 0, LOG_BITS + 16
    for _ in range(places):
        value = (value * value) >> _GUARD
        is_large = value >> (_GUARD + 1)
        bits, value = 2 * bits + is_large, value >> is_large
    return _nearest(bits, places - LOG_BITS)


def _nearest(value: int, places: int) -> int:
    return (value + (1 << (places - 1))) >> places


POWERS, LOGARITHMS = _powers(), _logarithms()


def power_of_two(exponents: NDArray[np.int64]) -> NDArray[np.int64]:
    """2^(y * 2^-20) * 2^24 for y <= 0; below 2^-25 it is 0.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training.integer.powers import power_of_two
    >>> power_of_two(np.array([0, -1 << 20, -1 << 19])).tolist()
    [16777216, 8388608, 11863283]
    """
    shifts = np.minimum(-(exponents >> LOG_BITS), _MOST_SHIFT)
    fractions = exponents & ((1 << LOG_BITS) - 1)
    found: NDArray[np.int64] = _between(POWERS, fractions) >> shifts
    return found


def logarithm(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """log2(x * 2^-24) * 2^20 for x from 2^24 to below 2^42.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training.integer.powers import logarithm
    >>> logarithm(np.array([1 << 24, 1 << 25, 3 << 24])).tolist()
    [0, 1048576, 1661954]
    """
    places = np.zeros_like(numbers)
    for bit in range(POWER_BITS + 1, _MOST_NUMBER_BITS):  # NumPy has no logarithm of integers
        places += numbers >= np.int64(1 << bit)
    fractions = ((numbers << np.int64(LOG_BITS)) >> (places + POWER_BITS)) - (1 << LOG_BITS)
    return (places << LOG_BITS) + _between(LOGARITHMS, fractions)


def _between(table: NDArray[np.int64], fractions: NDArray[np.int64]) -> NDArray[np.int64]:
    """The entry at a fraction from 0 to below 2^20, on the straight line to the next."""
    index, rest = fractions >> _REST_BITS, fractions & ((1 << _REST_BITS) - 1)
    low = table[index]
    found: NDArray[np.int64] = low + (((table[index + 1] - low) * rest) >> _REST_BITS)
    return found
