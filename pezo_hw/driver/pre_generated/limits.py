"""What the constants of a device with a pool can be."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .. import registers as r
from ..configuration import Configuration
from ..lfsr import is_maximal
from ..limits import Limit, Words
from .pool import Pool

WIDTHS = (2, 24)
LARGEST_POOL = 1 << 20
NARROWEST_REGISTER = 3
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
    yield from _of_storage(c)
    yield Limit("WINDOW.tracker_bits", c.tracker_bits, 0, 0)
    yield Limit("WINDOW.words", c.window_words, 1, 1)
    yield _of_moduli(c)
    yield from _of_numbers(c)


def lanes_limit(c: Configuration[Pool], most: int) -> Limit:
    """As `Family.lanes`: copies are read at one address or at two."""
    pool = c.shape
    if not pool.in_copies:
        return Limit("BEAT.lanes", pool.lanes, 1 + c.unused, min(most, LARGEST_POOL // pool.depth))
    rule = "once or twice a number of copies that STEPS.steps is the inverse of"
    copies = [pool.lanes // ports for ports in (1, 2) if pool.lanes % ports == 0]
    served = any(each * pool.steps_a_number % pool.depth == 1 for each in copies)
    return Limit("BEAT.lanes", pool.lanes, 1 + c.unused, most, rule, served)


def _of_storage(c: Configuration[Pool]) -> Iterator[Limit]:
    pool = c.shape
    has_copies = pool.in_copies or c.unused
    # One row is wired in, and cannot be written; one number has no copies.
    fewest = 2 if has_copies else 1 + c.load_contents
    yield Limit("GENERATOR.depth", pool.depth, fewest, LARGEST_POOL)
    # Only copies have a start for every number, and an address that is counted in steps.
    most = (pool.depth - 1) * has_copies
    coprime = most == 0 or math.gcd(pool.steps_a_number, pool.depth) == 1
    rule = "coprime to GENERATOR.depth" if most else ""
    yield Limit("STEPS.steps", pool.steps_a_number, min(1, most), most, rule, coprime)
    yield _of_taps(pool)


def _of_taps(pool: Pool) -> Limit:
    """Those of an LFSR that has as many states as copies have numbers; otherwise none."""
    register = pool.address_register
    mask, period = register.tap_mask, register.period
    is_linear = pool.in_copies and pool.depth == period and register.width >= NARROWEST_REGISTER
    if not is_linear:
        return Limit("TAPS.taps", mask, 0, 0, notation="#x")
    highest, rule = 1 << (register.width - 1), "taps of period GENERATOR.depth"
    obeyed = mask <= period and is_maximal(register)
    return Limit("TAPS.taps", mask, highest, period, rule, obeyed, "#x")


def _of_moduli(c: Configuration[Pool]) -> Limit:
    word = int.from_bytes(bytes(c.moduli), "little")
    if c.shape.in_copies:
        return Limit("MODULI", word, 0, 0, notation="#x")
    high = sum(_LARGEST_MODULUS << (8 * field) for field in range(_MODULI))
    rule = "0 or in its bytes 2 to 4 coprime moduli whose product is GENERATOR.depth"
    return Limit("MODULI", word, 0, high, rule, _are_moduli(c), "#x")


def _are_moduli(c: Configuration[Pool]) -> bool:
    """Whether the rows have an address each.

    Two pools of more counters than the register has fields for exist, without loads: there the
    rest of the product is missing.
    """
    rest = c.shape.depth
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
