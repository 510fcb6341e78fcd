"""What the constants of a device can be, which follows from what ``pezo generate`` can make.

What only one family can have is in its folder. The C driver has the same limits in the same order;
a test opens the same registers with both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .configuration import Configuration
from .errors import NotFoundError
from .family import Family
from .limit import Limit, Words

_WIDEST_COUNT = 48
_WIDEST_BEAT = 1 << 16  # bits of m_axis_tdata
_SLOT_BYTES = (1, 2, 4)


def check_constants(family: Family[Any], configuration: Configuration[Any], words: Words) -> None:
    """Checks that a device like this can be generated.

    Raises
    ------
    NotFoundError
        Naming the first field that is wrong, its value and what is allowed beside the others.
    """
    for limit in limits(family, configuration, words):
        if not limit.holds:
            what = f"{limit.field} = {limit.value:{limit.notation}} in the device is not allowed"
            raise NotFoundError(f"{what}; allowed: {limit.allowed}")


def limits(family: Family[Any], configuration: Configuration[Any], words: Words) -> Iterator[Limit]:
    """One for each field; each is right, and safe to ask for, where those before it hold."""
    yield from _of_options(configuration)
    yield from family.limits(configuration, words)
    yield _of_commands(configuration)
    yield from _of_beats(family, configuration)


def _of_options(c: Configuration[Any]) -> Iterator[Limit]:
    yield Limit("CAPABILITIES.load_contents", c.load_contents, 0, c.load_phase)
    yield Limit("CAPABILITIES.reload", c.reload, 0, c.health)


def _of_commands(c: Configuration[Any]) -> Limit:
    window_bits = max(1, (c.window_words - 1).bit_length())
    return Limit("CAPABILITIES.count_bits", c.count_bits, window_bits + 1, _WIDEST_COUNT)


def _of_beats(family: Family[Any], c: Configuration[Any]) -> Iterator[Limit]:
    fewest = next(size for size in _SLOT_BYTES if c.mantissa_bits <= 8 * size)
    yield Limit("BEAT.slot_bytes", c.slot_bytes, fewest, fewest)
    most = _WIDEST_BEAT // 8 // c.slot_bytes - (c.code_bits > 0)
    yield Limit("BEAT.lanes", c.shape.lanes, 1, min(most, family.most_lanes(c)))
