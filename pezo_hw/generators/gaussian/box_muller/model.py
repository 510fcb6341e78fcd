"""What a pair of lanes makes of its random bits: radius times cosine, and times sine.

After D. Lee, J. Villasenor, W. Luk, P. Leong, "A Hardware Gaussian Noise Generator Using the
Box-Muller Method and Its Error Analysis", IEEE Transactions on Computers 55(6), 2006: 48 bits for
the radius, 16 for the angle, 11 fraction bits. Tables, segments and widths are the project's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ....numbers.fixed_point import FixedPoint
from ..leap_lfsr import LeapLFSR
from ..leap_stream import Bytes, LeapForm
from .tables import cosine_table, log_table, octave_table, root_table

RADIUS_BITS = 48
# Below the leading one: an index into the table of logarithms, and the place in the segment.
LOG_INDEX_BITS, PLACE_BITS = 8, 16
# Of -2 ln u: 8 integer bits, so that pairs of bits can be counted.
SQUARE_BITS, SQUARE_FRAC = 32, 24
ROOT_INDEX_BITS = 7
# Of the radius: 4 integer bits, of cosine and sine one.
LENGTH_FRAC = 18
ANGLE_BITS, ANGLE_INDEX_BITS = 14, 7
COSINE_FRAC = 16
FRAC = 11
DROPPED = LENGTH_FRAC + COSINE_FRAC - FRAC
MANTISSA_BITS = 16
STAGES = 12

Integers = NDArray[np.int64]


@cache
def _columns(name: str) -> tuple[Integers, ...]:
    """The columns of a table."""
    tables: dict[str, Callable[[], Sequence[Sequence[int]]]]
    tables = {"log": log_table, "root": root_table, "cosine": cosine_table}
    return tuple(np.array(tables[name](), dtype=np.int64).T)


def squares_of(words: Integers) -> Integers:
    """-2 ln u for u = (2w + 1) / 2^49, in steps of 2^-24; w has 48 bits."""
    odd = 2 * words + 1
    # A float64 has room for 49 bits.
    zeros = RADIUS_BITS + 1 - np.frexp(odd.astype(np.float64))[1].astype(np.int64)
    return squares_at(zeros, (odd << zeros) >> (RADIUS_BITS - LOG_INDEX_BITS - PLACE_BITS))


def squares_at(zeros: Integers, normal: Integers) -> Integers:
    """The same of leading zeros and the 24 bits below the leading one; higher bits do not count."""
    index = normal >> PLACE_BITS & ((1 << LOG_INDEX_BITS) - 1)
    place = normal & ((1 << PLACE_BITS) - 1)
    constant, slope, square = (column[index] for column in _columns("log"))
    slope = slope - (square * place >> PLACE_BITS)
    octaves = np.array(octave_table(), dtype=np.int64)[zeros]
    squares: Integers = octaves + constant - (slope * place >> PLACE_BITS) >> 4
    return squares


def lengths_of(squares: Integers) -> Integers:
    """The roots of squares, in steps of 2^-18."""
    bits = np.frexp(squares.astype(np.float64))[1].astype(np.int64)
    pairs = np.minimum((SQUARE_BITS - bits) // 2, SQUARE_BITS // 2 - 1)
    normal = squares << (2 * pairs)
    index = normal >> (SQUARE_BITS - ROOT_INDEX_BITS)
    place = normal >> (SQUARE_BITS - ROOT_INDEX_BITS - PLACE_BITS) & ((1 << PLACE_BITS) - 1)
    constant, slope = (column[index] for column in _columns("root"))
    lengths: Integers = (constant + (slope * place >> PLACE_BITS) << 3) >> pairs
    return lengths


def cosines_of(angles: Integers) -> Integers:
    """Cosines of (a + 1/2) * pi / 2^15 for a of 14 bits, in steps of 2^-16."""
    below = ANGLE_BITS - ANGLE_INDEX_BITS
    constant, slope = (column[angles >> below] for column in _columns("cosine"))
    place = 2 * (angles & ((1 << below) - 1)) + 1
    cosines: Integers = constant - (slope * place >> (below + 1)) >> 4
    return cosines


def magnitudes_of(lengths: Integers, cosines: Integers) -> Integers:
    """The rounded products, in steps of 2^-11."""
    magnitudes: Integers = lengths * cosines + (1 << (DROPPED - 1)) >> DROPPED
    return magnitudes


def mantissas_of(fresh: Bytes) -> NDArray[np.int16]:
    """The mantissas of 64 random bits each, shape (..., 2).

    Bits 0 ... 47 decide the radius, 48 ... 61 the angle in a quarter of a turn, 62 and 63 the signs
    of the cosine and of the sine, which is the cosine of what is left of the quarter.
    """
    words = np.ascontiguousarray(fresh).view(">u8")[..., 0].astype(np.int64)
    radius = words & ((1 << RADIUS_BITS) - 1)
    angle = words >> RADIUS_BITS & ((1 << ANGLE_BITS) - 1)
    lengths = lengths_of(squares_of(radius))
    rest = (1 << ANGLE_BITS) - 1 - angle
    signs = (words >> (RADIUS_BITS + ANGLE_BITS), words >> (RADIUS_BITS + ANGLE_BITS + 1))
    numbers = [
        magnitudes_of(lengths, cosines_of(at)) * (1 - 2 * (sign & 1))
        for at, sign in zip((angle, rest), signs, strict=True)
    ]
    return np.stack(numbers, axis=-1).astype(np.int16)


FORM = LeapForm(
    # All bits of a cycle are new ones; 2^127 - 1 is prime.
    source=LeapLFSR(width=127, tap=63, leap=64),
    size=2,
    fixed_point=FixedPoint(name="twos-complement", bits=MANTISSA_BITS, frac=FRAC),
    latency=STAGES,
    mantissas_of=mantissas_of,
)
