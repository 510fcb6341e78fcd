"""What the constants of a device with a pool can be."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .. import registers as r
from ..configuration import Configuration
from ..limits import Limit, Words
from .pool import Pool

WIDTHS = (2, 24)
LARGEST_POOL = 1 << 20
_LARGEST_LOG_NORM = 10  # of so many numbers: the largest is below 2^10
_LARGEST_MODULUS = 64
_MODULI = 4


def limits(c: Configuration[Pool], words: Words) -> Iterator[Limit]:
    """As `Family.limits`: what only RNGs have is 0."""
    midrise = r.CAPABILITIES.MIDRISE.of(words[r.CAPABILITIES.OFFSET])
    yield Limit("CAPABILITIES.health", c.health, 0, 0)
    yield Limit("CAPABILITIES.midrise", midrise, 0, 0)
    yield Limit("CAPABILITIES.fixed_point", c.fixed_point, 0, 0)
    yield Limit("CAPABILITIES.constant", c.constant, 0, 0)
    yield Limit("GENERATOR.number_bits", c.shape.width, *WIDTHS)
    # One row is wired in, and cannot be written.
    yield Limit("GENERATOR.depth", c.shape.rows, 1 + c.load_contents, LARGEST_POOL)
    yield Limit("TAPS.taps", words[r.TAPS.OFFSET], 0, 0, notation="#x")
    yield Limit("STEPS.steps", words[r.STEPS.OFFSET], 0, 0)
    yield Limit("WINDOW.tracker_bits", c.tracker_bits, 0, 0)
    yield Limit("WINDOW.words", c.window_words, 1, 1)
    yield _of_moduli(c)
    yield from _of_numbers(c)


def _of_moduli(c: Configuration[Pool]) -> Limit:
    word = int.from_bytes(bytes(c.moduli), "little")
    high = sum(_LARGEST_MODULUS << (8 * field) for field in range(_MODULI))
    rule = "0 or in its bytes 2 to 4 coprime moduli whose product is GENERATOR.depth"
    return Limit("MODULI", word, 0, high, rule, _are_moduli(c), "#x")


def _are_moduli(c: Configuration[Pool]) -> bool:
    """Whether the rows have an address each.

    Two pools of more counters than the register has fields for exist, without loads: there the
    rest of the product is missing.
    """
    rest = c.shape.rows
    for modulus in c.moduli:
        if not 2 <= modulus <= _LARGEST_MODULUS or math.gcd(modulus, rest // modulus) != 1:
            return False
        rest, left = divmod(rest, modulus)
        if left:
            return False
    complete = rest == 1 or (len(c.moduli) == _MODULI and not c.load_phase)
    return not c.moduli or (len(c.moduli) > 1 and complete)


def _of_numbers(c: Configuration[Pool]) -> Iterator[Limit]:
    bits = c.shape.width
    yield Limit("NUMBER.code_bits", c.code_bits, 0, 0)
    yield Limit("NUMBER.mantissa_bits", c.mantissa_bits, bits, bits)
    # Numbers of which the root mean square is about 1: how many bits are above the point.
    yield Limit("NUMBER.frac", c.frac, bits - 2 - _LARGEST_LOG_NORM, bits - 1)
    yield Limit("NUMBER.base", c.base, 0, 0)
