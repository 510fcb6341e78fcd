"""The words of a load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .configuration import Configuration
from .lfsr import apply, leap, product

_TABLE_LATENCY = 2


def phase_words(configuration: Configuration, seeds: Sequence[int], cycle: int) -> Iterator[int]:
    """What feeds ring and tracker so that the stream of ``seeds`` goes on at ``cycle``.

    The ring is a scan chain: what enters its last position during as many clock cycles as the
    window has words replaces all that it holds, and the tracker is one of single bits. So word e
    holds the state that enters the ring e cycles into the feeding, and above it what enters the
    tracker, the lowest bits of RNG 0's state a table's latency later. ``cycle`` may be negative.
    """
    shape, fed = configuration.shape, configuration.window_words
    first = cycle - fed + configuration.fixed_point
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
