"""The words of a load, and the check word that ends each of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .configuration import Configuration
from .lfsr import apply, leap, product

_TABLE_LATENCY = 2
_CHECK_START = 0xFFFF


class Check:
    """Follows the words of a part; a device takes the part if its check word brings this back.

    A word is split into halves of 16 bits; rotations go round about in them.
    """

    def __init__(self) -> None:
        self._check = _CHECK_START

    def take(self, word: int) -> None:
        """The part's next word."""
        high = word >> 16
        self._check = self._moved() ^ (word & 0xFFFF) ^ high ^ _rotated(high, 1)

    @property
    def word(self) -> int:
        """The check word behind all words so far."""
        return self._moved() ^ _CHECK_START

    def _moved(self) -> int:
        return _rotated(self._check, 8) ^ _rotated(self._check, 5) ^ (self._check & 0x1F)


def _rotated(half: int, places: int) -> int:
    return (half << places | half >> (16 - places)) & 0xFFFF


def phase_words(configuration: Configuration, seeds: Sequence[int], cycle: int) -> Iterator[int]:
    """What feeds ring and tracker so that the stream of ``seeds`` goes on at ``cycle``.

    The ring is a scan chain: what enters its last position during as many clock cycles as the
    window has words replaces all that it holds, and the tracker is one of single bits. So word e
    holds the state that enters the ring e cycles into the feeding, and above it what enters the
    tracker, if there is one, the lowest bits of RNG 0's state a table's latency later. ``cycle``
    may be negative.
    """
    shape, fed = configuration.shape, configuration.window_words
    first = cycle - fed + configuration.has_shifter
    one_cycle = leap(shape, 1)
    move = leap(shape, first + 1)
    tracked = apply(leap(shape, first + 1 + _TABLE_LATENCY), seeds[0])
    tracker_mask = (1 << configuration.tracker_bits) - 1
    for word in range(fed):
        state = apply(move, seeds[(first + word) % len(seeds)])
        yield state | (tracked & tracker_mask) << shape.width
        move, tracked = product(one_cycle, move), apply(one_cycle, tracked)


def address_of(configuration: Configuration, row: int) -> int:
    """Where a row of the pool is stored: a counter's field for each modulus, or the row itself."""
    if not configuration.moduli:
        return row
    address = offset = 0
    for modulus in configuration.moduli:
        address |= (row % modulus) << offset
        offset += (modulus - 1).bit_length()
    return address
