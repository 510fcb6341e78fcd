"""What can be loaded into a device with RNGs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..bus import integer
from ..configuration import Configuration
from ..errors import ArgumentError, require
from ..family import Loads
from ..lfsr import Columns, apply, power, product
from ..loader import Loader
from ..scaling import Scaling
from .bank import Bank
from .limits import TABLE_LATENCY, has_shifter
from .scale_table import scale_table

_ACCEPTED = "seeds that are not zero and not the same, in words that arrive as they are sent"


class BankLoads(Loads):
    """Another start of the seeds in use, or other seeds with their table, if there is one.

    Parameters
    ----------
    loader : Loader
        Carries loads through.
    configuration : Configuration
        The device's.
    seeds : sequence of int
        The built-in ones; empty where they are not known.
    scaling : Scaling
        How the built-in table was made.
    base : int
        The exponent that code 0 of the built-in table stands for, or that of all cycles.

    Attributes
    ----------
    seeds : tuple of int
        Those in use, as far as they are known.

    Raises
    ------
    ArgumentError
        For seeds that are not of this device.
    """

    kind = f'strategy = "{Bank.strategy}"'

    def __init__(
        self,
        loader: Loader,
        configuration: Configuration[Bank],
        seeds: Sequence[int],
        scaling: Scaling,
        base: int,
    ) -> None:
        self._loader = loader
        self._configuration = configuration
        self._built_in = checked_seeds(configuration.shape, seeds) if seeds else ()
        # As many bits a code as the device says, if it does: with fixed-point output it does not.
        self._scaling = replace(scaling, code_bits=configuration.code_bits or scaling.code_bits)
        self.seeds, self.base = self._built_in, base

    def restart(self) -> None:
        """The built-in seeds are back; the table that has been loaded with others stays."""
        self.seeds = self._built_in

    def load_phase(self, cycle: int, timeout: float | None) -> None:
        require(self._configuration.load_phase, 'load = "phase" or "contents"')
        if not self.seeds:
            raise ArgumentError("seeds are not known; allowed: built_in=BuiltIn.from_manifest(...)")
        deadline = self._loader.deadline(timeout, self._configuration.window_words)
        words = phase_words(self._configuration, self.seeds, cycle)
        self._loader.load(False, [words], deadline, _ACCEPTED)

    def load_seeds(self, seeds: Sequence[int], cycle: int, timeout: float | None) -> None:
        configuration, bank = self._configuration, self._configuration.shape
        require(configuration.load_contents, 'load = "contents"')
        # Before anything is computed: what that takes is the call's time as well.
        table_words = 0 if configuration.constant else 1 << bank.width
        deadline = self._loader.deadline(timeout, configuration.window_words + table_words)
        seeds = checked_seeds(bank, seeds)
        stages, base = [phase_words(configuration, seeds, cycle)], self.base
        if not configuration.constant:
            codes, base = scale_table(bank, seeds, self._scaling, deadline)
            check_shifts(configuration, int(codes.max()))
            stages.append(iter(codes.tolist()))
        self._loader.load(True, stages, deadline, _ACCEPTED)
        self.seeds, self.base = seeds, base


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
    tracker, if there is one, the lowest bits of RNG 0's state a table's latency later. ``cycle``
    may be negative.
    """
    bank, words = configuration.shape, configuration.window_words
    first = cycle - words + has_shifter(configuration)
    one_cycle = _leap(bank, 1)
    jump = _leap(bank, first + 1)
    tracked = apply(_leap(bank, first + 1 + TABLE_LATENCY), seeds[0])
    tracker_mask = (1 << configuration.tracker_bits) - 1
    for word in range(words):
        state = apply(jump, seeds[(first + word) % len(seeds)])
        yield state | (tracked & tracker_mask) << bank.width
        jump, tracked = product(one_cycle, jump), apply(one_cycle, tracked)


def _leap(bank: Bank, cycles: int) -> Columns:
    """So many clock cycles, which may be negative, of ``steps_per_cycle`` steps each."""
    return power(bank.lfsr, cycles * bank.steps_per_cycle % bank.period)
