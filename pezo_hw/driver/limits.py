"""What the constants of a device can be, which follows from what ``pezo generate`` can make.

``pezo.c`` has the same limits in the same order; a test opens the same registers with both.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from .configuration import Configuration
from .copies import address_register
from .errors import NotFoundError
from .lfsr import is_maximal
from .shape import Shape

_WIDTHS = (3, 18)
_POOL_WIDTHS = (2, 24)
_LARGEST_POOL = 1 << 20
_LARGEST_LOG_NORM = 10  # of so many numbers: the largest is below 2^10
_WIDEST_WORD = 32  # of a load, and of a mantissa
_WIDEST_COUNT = 48
_WIDEST_CODE = 8
_WIDEST_BEAT = 1 << 16  # bits of m_axis_tdata
_LARGEST_MODULUS = 64
_MODULI = 4
_TABLE_LATENCY = 2
_SPARE_WORDS = 4
_ANY_STEPS = (1 << 32) - 1
_PERIOD = "2^GENERATOR.width - 1"


class Limit(NamedTuple):
    """What a field holds, and what it can hold: ``low`` to ``high``, and what ``rule`` says."""

    field: str
    value: int
    low: int
    high: int
    rule: str = ""
    obeyed: bool = True
    notation: str = "d"

    @property
    def holds(self) -> bool:
        """Whether the field can hold that."""
        return self.obeyed and self.low <= self.value <= self.high

    @property
    def allowed(self) -> str:
        """In words."""
        low, high = (format(bound, self.notation) for bound in (self.low, self.high))
        numbers = low if self.low == self.high else f"an integer from {low} to {high}"
        return f"{numbers}, {self.rule}" if self.rule else numbers


def check_constants(configuration: Configuration) -> None:
    """Checks that a device like this can be generated.

    Raises
    ------
    NotFoundError
        Naming the first field that is wrong, its value and what is allowed beside the others.
    """
    for limit in limits(configuration):
        if not limit.holds:
            what = f"{limit.field} = {limit.value:{limit.notation}} in the device is not allowed"
            raise NotFoundError(f"{what}; allowed: {limit.allowed}")


def limits(configuration: Configuration) -> Iterator[Limit]:
    """One for each field; each is right, and safe to ask for, where those before it hold."""
    yield from _of_options(configuration)
    yield from (
        _of_rngs(configuration) if configuration.shape.on_the_fly else _of_pool(configuration)
    )
    yield from _of_loads(configuration)
    yield from _of_numbers(configuration)
    yield from _of_beats(configuration)
    yield _of_moduli(configuration)


def _of_options(c: Configuration) -> Iterator[Limit]:
    fly = c.shape.on_the_fly
    yield Limit("CAPABILITIES.load_contents", c.load_contents, 0, c.load_phase)
    yield Limit("CAPABILITIES.health", c.health, 0, fly)
    yield Limit("CAPABILITIES.reload", c.reload, 0, c.health)
    yield Limit("CAPABILITIES.midrise", c.shape.midrise, 0, fly)
    yield Limit("CAPABILITIES.fixed_point", c.fixed_point, 0, fly)
    yield Limit("CAPABILITIES.unused", c.unused, 0, not fly)


def _of_rngs(c: Configuration) -> Iterator[Limit]:
    shape = c.shape
    yield Limit("GENERATOR.width", shape.width, *_WIDTHS)
    yield Limit("GENERATOR.count", shape.count, 2, shape.period)
    highest = 1 << (shape.width - 1)
    rule = f"taps of period {_PERIOD}"
    yield Limit(
        *("TAPS.mask", shape.tap_mask, highest, shape.period, rule, is_maximal(shape), "#x")
    )
    steps = shape.steps_per_cycle
    coprime = math.gcd(steps, shape.period) == 1
    yield Limit("STEPS.steps", steps, 1, _ANY_STEPS, f"coprime to {_PERIOD}", coprime)
    entry_bits = min(steps, shape.width)
    yield Limit("WINDOW.tracker_bits", c.tracker_bits, entry_bits, entry_bits)
    words = _window_words(c, -(-shape.width // entry_bits))
    yield Limit("WINDOW.words", c.window_words, words, words)


def _window_words(c: Configuration, tracker_words: int) -> int:
    """The fewest after which ring, tracker, table and shifter hold nothing older.

    Where a few more make a power of two, it is that.
    """
    needed = max(c.shape.count, tracker_words + _TABLE_LATENCY) + c.fixed_point
    room = 1 << (needed - 1).bit_length()
    return room if room - needed <= _SPARE_WORDS else needed


def _of_pool(c: Configuration) -> Iterator[Limit]:
    shape = c.shape
    yield Limit("GENERATOR.width", shape.width, *_POOL_WIDTHS)
    # One row is wired in, and cannot be written; one number has no copies.
    fewest = 2 if shape.in_copies or c.unused else 1 + c.load_contents
    yield Limit("GENERATOR.count", shape.count, fewest, _LARGEST_POOL)
    # Only copies have a start for every number, and an address that is counted in steps.
    most = (shape.count - 1) * (shape.in_copies or c.unused)
    coprime = most == 0 or math.gcd(shape.steps_per_cycle, shape.count) == 1
    rule = "coprime to GENERATOR.count" if most else ""
    yield Limit("STEPS.steps", shape.steps_per_cycle, min(1, most), most, rule, coprime)
    yield _taps_of_pool(shape)
    yield Limit("WINDOW.tracker_bits", c.tracker_bits, 0, 0)
    yield Limit("WINDOW.words", c.window_words, 1, 1)


def _taps_of_pool(shape: Shape) -> Limit:
    """Those of an LFSR that has as many states as copies have numbers; otherwise none."""
    register = address_register(shape)
    is_linear = shape.in_copies and shape.count == register.period and register.width >= _WIDTHS[0]
    if not is_linear:
        return Limit("TAPS.mask", shape.tap_mask, 0, 0, notation="#x")
    highest, rule = 1 << (register.width - 1), "taps of period GENERATOR.count"
    mask, period = shape.tap_mask, register.period
    obeyed = mask <= period and is_maximal(register)
    return Limit("TAPS.mask", mask, highest, period, rule, obeyed, "#x")


def _of_loads(c: Configuration) -> Iterator[Limit]:
    fits = c.shape.width + c.tracker_bits <= _WIDEST_WORD
    yield Limit("CAPABILITIES.load_phase", c.load_phase, 0, fits)
    window_bits = max(1, (c.window_words - 1).bit_length())
    yield Limit("CAPABILITIES.count_bits", c.count_bits, window_bits + 1, _WIDEST_COUNT)


def _of_numbers(c: Configuration) -> Iterator[Limit]:
    shape = c.shape
    has_code = shape.on_the_fly and not c.fixed_point
    yield Limit("NUMBER.code_bits", c.code_bits, has_code, _WIDEST_CODE * has_code)
    bits = shape.width + shape.midrise
    widest = _WIDEST_WORD if c.fixed_point else bits
    yield Limit("NUMBER.mantissa_bits", c.mantissa_bits, bits, widest)
    if c.fixed_point:
        frac = (-0x80, 0x7F)
    elif shape.on_the_fly:
        frac = (shape.state_frac, shape.state_frac)
    else:
        # Numbers of which the root mean square is about 1: how many bits are above the point.
        frac = (shape.width - 2 - _LARGEST_LOG_NORM, shape.width - 1)
    yield Limit("NUMBER.frac", c.frac, *frac)
    yield Limit("NUMBER.base", c.base, -0x80 * has_code, 0x7F * has_code)


def _of_beats(c: Configuration) -> Iterator[Limit]:
    fewest = next(size for size in (1, 2, 4) if c.mantissa_bits <= 8 * size)
    yield Limit("BEAT.slot_bytes", c.slot_bytes, fewest, fewest)
    most = _WIDEST_BEAT // 8 // c.slot_bytes - (c.code_bits > 0)
    if c.shape.in_rows:
        most = min(most, _LARGEST_POOL // c.shape.count)
    yield Limit("BEAT.lanes", c.shape.lanes, 1 + c.unused, most, *_served(c.shape))


def _served(shape: Shape) -> tuple[str, bool]:
    """What holds of the lanes beside their bounds: copies are read at one address or at two."""
    if not shape.in_copies:
        return "", True
    rule = "once or twice a number of copies that STEPS.steps is the inverse of"
    copies = [shape.lanes // ports for ports in (1, 2) if shape.lanes % ports == 0]
    return rule, any(each * shape.steps_per_cycle % shape.count == 1 for each in copies)


def _of_moduli(c: Configuration) -> Limit:
    word = int.from_bytes(bytes(c.moduli), "little")
    if not c.shape.in_rows:
        return Limit("MODULI", word, 0, 0, notation="#x")
    high = sum(_LARGEST_MODULUS << (8 * field) for field in range(_MODULI))
    rule = "0 or in its bytes 2 to 4 coprime moduli whose product is GENERATOR.count"
    return Limit("MODULI", word, 0, high, rule, _are_moduli(c), "#x")


def _are_moduli(c: Configuration) -> bool:
    """Whether the rows have an address each.

    Two pools of more counters than the register has fields for exist, without loads: there the
    rest of the product is missing.
    """
    rest = c.shape.count
    for modulus in c.moduli:
        if not 2 <= modulus <= _LARGEST_MODULUS or math.gcd(modulus, rest // modulus) != 1:
            return False
        rest, left = divmod(rest, modulus)
        if left:
            return False
    whole = rest == 1 or (len(c.moduli) == _MODULI and not c.load_phase)
    return not c.moduli or (len(c.moduli) > 1 and whole)
