"""What the constants of a device can be, which follows from what ``pezo generate`` can make.

What only one family can have is in its folder. The C driver has the same limits in the same order;
a test opens the same registers with both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .configuration import Configuration
from .errors import NotFoundError

# Of the registers that never change, by their offsets.
Words = Mapping[int, int]

WIDEST_WORD = 32  # of a load, and of a mantissa
SIGNED_BYTE = (-0x80, 0x7F)
_WIDEST_COUNT = 48
_WIDEST_BEAT = 1 << 16  # bits of m_axis_tdata
_SLOT_BYTES = (1, 2, 4)


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


def check_constants(
    configuration: Configuration[Any], of_family: Iterable[Limit], lanes: Callable[[int], Limit]
) -> None:
    """Checks that a device like this can be generated; the arguments are those of `limits`.

    Raises
    ------
    NotFoundError
        Naming the first field that is wrong, its value and what is allowed beside the others.
    """
    for limit in limits(configuration, of_family, lanes):
        if not limit.holds:
            what = f"{limit.field} = {limit.value:{limit.notation}} in the device is not allowed"
            raise NotFoundError(f"{what}; allowed: {limit.allowed}")


def limits(
    configuration: Configuration[Any], of_family: Iterable[Limit], lanes: Callable[[int], Limit]
) -> Iterator[Limit]:
    """One for each field; each is right, and safe to ask for, where those before it hold.

    Parameters
    ----------
    configuration : Configuration
        The device's.
    of_family : iterable of Limit
        Those that its family has.
    lanes : callable
        From the most that a bus has room for to that of the lanes, asked for once all others hold.
    """
    yield from _of_options(configuration)
    yield from of_family
    yield _of_commands(configuration)
    yield from _of_beats(configuration, lanes)


def _of_options(c: Configuration[Any]) -> Iterator[Limit]:
    yield Limit("CAPABILITIES.load_contents", c.load_contents, 0, c.load_phase)
    yield Limit("CAPABILITIES.reload", c.reload, 0, c.health)


def _of_commands(c: Configuration[Any]) -> Limit:
    window_bits = max(1, (c.window_words - 1).bit_length())
    return Limit("CAPABILITIES.count_bits", c.count_bits, window_bits + 1, _WIDEST_COUNT)


def _of_beats(c: Configuration[Any], lanes: Callable[[int], Limit]) -> Iterator[Limit]:
    fewest = next(size for size in _SLOT_BYTES if c.mantissa_bits <= 8 * size)
    yield Limit("BEAT.slot_bytes", c.slot_bytes, fewest, fewest)
    most = _WIDEST_BEAT // 8 // c.slot_bytes - (c.code_bits > 0)
    yield lanes(most)
    filled = c.slots * c.slot_bytes
    yield Limit("BEAT.padded", c.padded, 0, filled & (filled - 1) != 0)
