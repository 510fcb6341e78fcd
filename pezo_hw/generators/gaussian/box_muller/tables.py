"""The coefficients of logarithm, root and cosine, in fixed point.

Polynomials through the Chebyshev points of each segment. They are computed in decimal arithmetic
of 40 digits and rounded once, so that they are the same everywhere and always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, localcontext
from functools import cache

_DIGITS = 40
_PI = Decimal("3.1415926535897932384626433832795028841972")

LOG_SEGMENTS, ROOT_SEGMENTS, COSINE_SEGMENTS = 256, 128, 128
# Fraction bits of the coefficients.
LOG_FRAC, ROOT_FRAC, COSINE_FRAC = 28, 18, 20
# Bits of each coefficient, the constant first.
LOG_BITS, ROOT_BITS, COSINE_BITS = (29, 21, 12), (19, 12), (21, 14)
# Segments of the root below this one are not used: its argument is normalised.
ROOT_FIRST = ROOT_SEGMENTS // 4
LEADING_ZEROS = 49


@cache
def log_table() -> list[tuple[int, int, int]]:
    """2 ln 2 - 2 ln(1 + x) for x in [i, i + 1) / 256 is c0 - c1 t + c2 t^2, t from 0 to 1."""

    def of(i: int) -> tuple[int, int, int]:
        offset = Decimal(3).sqrt() / 4
        half = Decimal("0.5")
        points = [half - offset, half, half + offset]
        value = [2 * (2 / (1 + (i + t) / LOG_SEGMENTS)).ln() for t in points]
        square = (value[0] - 2 * value[1] + value[2]) / (2 * offset**2)
        slope = (value[2] - value[0]) / (2 * offset) - square
        constant = value[1] - slope / 2 - square / 4
        return (
            _rounded(constant, LOG_FRAC),
            _rounded(-slope, LOG_FRAC),
            _rounded(square, LOG_FRAC),
        )

    with localcontext(prec=_DIGITS):
        return [of(i) for i in range(LOG_SEGMENTS)]


@cache
def octave_table() -> list[int]:
    """2 z ln 2 for z leading zeros."""
    with localcontext(prec=_DIGITS):
        return [_rounded(2 * z * Decimal(2).ln(), LOG_FRAC) for z in range(LEADING_ZEROS)]


@cache
def root_table() -> list[tuple[int, int]]:
    """sqrt(y) for y in [i, i + 1) / 32 is d0 + d1 t; nothing below y = 1."""
    with localcontext(prec=_DIGITS):
        roots = (_line(i, _root, ROOT_FRAC) for i in range(ROOT_FIRST, ROOT_SEGMENTS))
        used = list(roots)
    return [(0, 0)] * ROOT_FIRST + used


@cache
def cosine_table() -> list[tuple[int, int]]:
    """cos(x pi / 2) for x in [i, i + 1) / 128 is c0 - c1 t."""
    with localcontext(prec=_DIGITS):
        lines = [_line(i, _cosine, COSINE_FRAC) for i in range(COSINE_SEGMENTS)]
    return [(constant, -slope) for constant, slope in lines]


def packed(rows: Iterable[tuple[int, ...]], bits: Sequence[int]) -> list[int]:
    """The coefficients of each row in one word, the constant lowest."""
    places = [sum(bits[:index]) for index in range(len(bits))]
    return [sum(value << place for value, place in zip(row, places, strict=True)) for row in rows]


def _line(index: int, function: Callable[[Decimal], Decimal], frac: int) -> tuple[int, int]:
    """Constant and slope of the line through both Chebyshev points of a segment."""
    offset, middle = Decimal(2).sqrt() / 4, index + Decimal("0.5")
    low, high = function(middle - offset), function(middle + offset)
    slope = (high - low) / (2 * offset)
    return _rounded((low + high) / 2 - slope / 2, frac), _rounded(slope, frac)


def _root(segment: Decimal) -> Decimal:
    return (segment / ROOT_FIRST).sqrt()


def _cosine(segment: Decimal) -> Decimal:
    """By its series; all segments are a quarter turn."""
    angle = _PI / 2 * segment / COSINE_SEGMENTS
    term = total = Decimal(1)
    for index in range(1, 20):
        term *= -angle * angle / (2 * index * (2 * index - 1))
        total += term
    return total


def _rounded(value: Decimal, frac: int) -> int:
    return int((value * (1 << frac)).to_integral_value())
