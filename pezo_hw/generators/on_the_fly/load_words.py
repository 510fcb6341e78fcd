"""The words of a load: another start, other seeds with their table, other rows of a pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...checks import integer, integers
from ...errors import ConfigError
from ...systems.replay.parameters import history_window
from ..pre_generated.parameters import PreGeneratedParameters
from ..replay.load_check import with_check_word
from .parameters import OnTheFlyParameters

Parameters = OnTheFlyParameters | PreGeneratedParameters


def phase_words(parameters: Parameters, cycle: int) -> list[int]:
    """What is loaded so that the next perturbation starts at a cycle of the stream.

    Parameters
    ----------
    parameters : OnTheFlyParameters or PreGeneratedParameters
        Those of the hardware; after a load of contents, with the seeds that it brought.
    cycle : int
        Any cycle >= 0, taken modulo the joint orbit: 10^12 costs what 0 costs.

    Returns
    -------
    list of int
        On the fly what enters ring and tracker on the last edges before that cycle, the oldest
        first: the state in the low b bits, and above it the bits that a step of RNG 0 makes anew.
        Pre-generated the address of the row. Then the check word.
    """
    cycle = integer("cycle", cycle, 0)
    if isinstance(parameters, PreGeneratedParameters):
        return with_check_word([parameters.address_sequence.address_of(cycle)])
    fed = history_window(parameters).fed
    behind = parameters.latency - parameters.table_latency
    return with_check_word(
        _entry(parameters, cycle + edge - fed + behind, cycle + edge - fed + parameters.latency)
        for edge in range(fed)
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
        The words of cycle 0, then the codes of the scale table, address 0 first; a check word
        behind each part.

    Raises
    ------
    ConfigError
        Where ``parameters`` are not those of ``built`` with other seeds; or with fixed-point
        output, where their largest code would shift mantissas out of the bits that there are.
    """
    if built is not None:
        _check_fit(parameters, built)
    codes = parameters.scale_table.codes.tolist()
    return [*phase_words(parameters, 0), *with_check_word(codes)]


def row_words(parameters: PreGeneratedParameters, row: int, numbers: Sequence[int]) -> list[int]:
    """What is loaded so that a row of the pool holds other numbers.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool.
    row : int
        Which row, 0 to N / L - 1.
    numbers : sequence of int
        The L integers of the row, lane 0 first, as they are stored: -(2^(b-1)) to 2^(b-1) - 1.

    Returns
    -------
    list of int
        The row's address, then its numbers in two's complement; a check word behind each part.

    Raises
    ------
    ConfigError
        For a row, or numbers, that the pool cannot have.
    """
    row = integer("row", row, 0, parameters.rows - 1)
    half = 1 << (parameters.width - 1)
    allowed = f"a list of {parameters.lanes} integers from {-half} to {half - 1}"
    stored = integers("numbers", numbers, allowed)
    if len(stored) != parameters.lanes or not all(-half <= x < half for x in stored):
        raise ConfigError("numbers", list(stored), allowed)
    mask = 2 * half - 1
    return [*phase_words(parameters, row), *with_check_word(number & mask for number in stored)]


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
    highest, room = int(parameters.scale_table.codes.max()), int(built.scale_table.codes.max())
    if parameters.scaling.is_shifted and highest > room:
        allowed = f"seeds whose codes reach {room} at most: wider numbers have no lanes"
        raise ConfigError(
            "seeds", list(parameters.bank.seeds), f"{allowed} (these reach {highest})"
        )
