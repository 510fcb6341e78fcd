"""What the constants of a device with RNGs can be."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..configuration import Configuration
from ..lfsr import is_maximal
from ..limits import SIGNED_BYTE, WIDEST_WORD, Limit
from ..scaling import WIDEST_CODE
from .bank import Bank

WIDTHS = (3, 18)
TABLE_LATENCY = 2
_SPARE_WORDS = 4
_ANY_STEPS = (1 << 32) - 1
_PERIOD = "2^GENERATOR.number_bits - 1"


def limits(c: Configuration[Bank]) -> Iterator[Limit]:
    """As `Family.limits`; the flags of numbers and health can be anything."""
    yield Limit("CAPABILITIES.unused", c.unused, 0, 0)
    yield from _of_rngs(c.shape)
    yield from _of_window(c)
    yield Limit("MODULI", int.from_bytes(bytes(c.moduli), "little"), 0, 0, notation="#x")
    yield from _of_numbers(c)


def _of_rngs(bank: Bank) -> Iterator[Limit]:
    yield Limit("GENERATOR.number_bits", bank.width, *WIDTHS)
    yield Limit("GENERATOR.depth", bank.rngs, 2, bank.period)
    highest = 1 << (bank.width - 1)
    rule, obeyed = f"taps of period {_PERIOD}", is_maximal(bank.lfsr)
    yield Limit("TAPS.taps", bank.tap_mask, highest, bank.period, rule, obeyed, "#x")
    steps = bank.steps_per_cycle
    coprime = math.gcd(steps, bank.period) == 1
    yield Limit("STEPS.steps", steps, 1, _ANY_STEPS, f"coprime to {_PERIOD}", coprime)


def _of_window(c: Configuration[Bank]) -> Iterator[Limit]:
    entry_bits = 0 if c.constant else min(c.shape.steps_per_cycle, c.shape.width)
    yield Limit("WINDOW.tracker_bits", c.tracker_bits, entry_bits, entry_bits)
    words = _window_words(c)
    yield Limit("WINDOW.words", c.window_words, words, words)
    room = c.shape.width + c.tracker_bits <= WIDEST_WORD
    yield Limit("CAPABILITIES.load_phase", c.load_phase, 0, room)


def _window_words(c: Configuration[Bank]) -> int:
    """The fewest after which ring, tracker, table and shifter hold nothing older.

    Where a few more make a power of two, it is that.
    """
    words = 0 if c.constant else -(-c.shape.width // c.tracker_bits) + TABLE_LATENCY
    needed = max(c.shape.rngs, words) + has_shifter(c)
    room = 1 << (needed - 1).bit_length()
    return room if room - needed <= _SPARE_WORDS else needed


def has_shifter(c: Configuration[Bank]) -> bool:
    """Whether mantissas are shifted by their code, which takes a clock cycle."""
    return c.fixed_point and not c.constant


def _of_numbers(c: Configuration[Bank]) -> Iterator[Limit]:
    has_base = not c.fixed_point
    has_code = has_base and not c.constant
    yield Limit("NUMBER.code_bits", c.code_bits, has_code, WIDEST_CODE * has_code)
    bits = c.shape.width + c.shape.midrise
    yield Limit(
        "NUMBER.mantissa_bits", c.mantissa_bits, bits, WIDEST_WORD if c.fixed_point else bits
    )
    frac = SIGNED_BYTE if c.fixed_point else (c.shape.state_frac,) * 2
    yield Limit("NUMBER.frac", c.frac, *frac)
    low, high = SIGNED_BYTE
    yield Limit("NUMBER.base", c.base, low * has_base, high * has_base)
