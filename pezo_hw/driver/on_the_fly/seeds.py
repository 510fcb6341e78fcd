"""Whether a bank can start from given seeds, and what brings it to a cycle of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bus import integer
from ..configuration import Configuration
from ..errors import ArgumentError
from .bank import Bank
from .lfsr import apply, leap, product
from .limits import TABLE_LATENCY


def checked_seeds(bank: Bank, seeds: Sequence[int]) -> tuple[int, ...]:
    """The seeds as plain integers; raises ArgumentError for any that a bank cannot start from."""
    if len(seeds) != bank.rngs:
        wanted = f"{bank.rngs}, one for each RNG"
        raise ArgumentError(f"number of seeds = {len(seeds)} is not allowed; allowed: {wanted}")
    first_with: dict[int, int] = {}
    for index, seed in enumerate(seeds):
        number = integer(f"seeds[{index}]", seed, 1, bank.period)
        if (first := first_with.setdefault(number, index)) != index:
            unlike = f"an integer that no other seed has (seeds[{first}] has it)"
            raise ArgumentError(f"seeds[{index}] = {seed} is not allowed; allowed: {unlike}")
    return tuple(first_with)


def check_shifts(configuration: Configuration[Bank], highest_code: int) -> None:
    """Checks that fixed-point numbers have the bits that a table's highest code shifts them to."""
    highest_shift = configuration.mantissa_bits - configuration.shape.state_frac - 1
    if configuration.fixed_point and highest_code > highest_shift:
        allowed = f"seeds whose codes reach {highest_shift} at most"
        raise ArgumentError(f"seeds with code {highest_code} is not allowed; allowed: {allowed}")


def phase_words(
    configuration: Configuration[Bank], seeds: Sequence[int], cycle: int
) -> Iterator[int]:
    """What refills ring and tracker so that the stream of ``seeds`` goes on at ``cycle``.

    The ring is a scan chain: what enters its last position during as many clock cycles as the
    window has words replaces all that it holds, and the tracker is one of single bits. So word e
    holds the state that enters the ring e cycles into the refill, and above it what enters the
    tracker, the lowest bits of RNG 0's state a table's latency later. ``cycle`` may be negative.
    """
    bank, words = configuration.shape, configuration.window_words
    first = cycle - words + configuration.fixed_point
    one_cycle = leap(bank, 1)
    jump = leap(bank, first + 1)
    tracked = apply(leap(bank, first + 1 + TABLE_LATENCY), seeds[0])
    tracker_mask = (1 << configuration.tracker_bits) - 1
    for word in range(words):
        state = apply(jump, seeds[(first + word) % len(seeds)])
        yield state | (tracked & tracker_mask) << bank.width
        jump, tracked = product(one_cycle, jump), apply(one_cycle, tracked)
