"""The words of a load: another start, or other seeds with their table, if there is one."""

from __future__ import annotations

from dataclasses import replace

from ...checks import integer
from ...errors import ConfigError
from ..replay.load_check import with_check_word
from .history_window import HistoryWindow
from .parameters import OnTheFlyParameters


def phase_words(parameters: OnTheFlyParameters, cycle: int) -> list[int]:
    """What is loaded so that the next perturbation starts at a cycle of the stream.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        Those of the hardware; after a load of contents, with the seeds that it brought.
    cycle : int
        Any cycle >= 0, taken modulo the joint orbit: 10^12 costs what 0 costs.

    Returns
    -------
    list of int
        What enters ring and tracker on the last edges before that cycle, the oldest first: the
        state in the low b bits, and above it, where there is a table, the bits that a step of RNG 0
        makes anew. Then the check word.

    Examples
    --------
    >>> import pezo_hw
    >>> from pezo_hw.generators.on_the_fly.load_words import phase_words
    >>> words = phase_words(pezo_hw.load("paper-roberta").parameters, 10**12)
    >>> len(words)  # the check word is the last
    33
    """
    cycle = integer("cycle", cycle, 0)
    first = cycle - HistoryWindow.of(parameters).prefill
    shifter = parameters.latency - parameters.bank_latency
    return with_check_word(
        _entry(parameters, edge + shifter, edge + parameters.latency)
        for edge in range(first, cycle)
    )


def contents_words(
    parameters: OnTheFlyParameters, *, built: OnTheFlyParameters | None = None
) -> list[int]:
    """What is loaded so that the stream starts again from cycle 0 with other seeds.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        Those of the hardware, but for the seeds.
    built : OnTheFlyParameters, optional
        Those that the hardware was generated from, to be checked against.

    Returns
    -------
    list of int
        The words of cycle 0, then, where there is a table, its codes, address 0 first; a check word
        behind each part.

    Raises
    ------
    ConfigError
        Where ``parameters`` are not those of ``built`` with other seeds; or with fixed-point
        output, where their largest code would shift mantissas out of the bits that there are.
    """
    if built is not None:
        _check_fit(parameters, built)
    words = phase_words(parameters, 0)
    if parameters.has_table:
        words += with_check_word(parameters.scale_table.codes.tolist())
    return words


def _entry(parameters: OnTheFlyParameters, ring: int, tracker: int) -> int:
    """What enters position n - 1 at the end of cycle ``ring``, and above it the tracker."""
    lfsr, seeds = parameters.lfsr, parameters.bank.seeds
    state = lfsr.advance(seeds[ring % len(seeds)], ring + 1)
    anew = lfsr.advance(seeds[0], tracker + 1) & ((1 << parameters.entry_bits) - 1)
    return state | anew << parameters.width


def _check_fit(parameters: OnTheFlyParameters, built: OnTheFlyParameters) -> None:
    if replace(parameters, seed=None, seeds=built.bank.seeds) != replace(
        built, seed=None, seeds=built.bank.seeds
    ):
        raise ConfigError("parameters", parameters, "those of the hardware, but for the seeds")
    if not parameters.scaling.is_shifted:
        return
    highest, room = int(parameters.scale_table.codes.max()), int(built.scale_table.codes.max())
    if highest > room:
        allowed = f"seeds whose codes reach {room} at most: wider numbers have no lanes"
        raise ConfigError(
            "seeds", list(parameters.bank.seeds), f"{allowed} (these reach {highest})"
        )
