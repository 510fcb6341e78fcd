"""The words of a load of a pool: another start, or other numbers of a row."""

from __future__ import annotations

from collections.abc import Sequence

from ...checks import integer, integers
from ...errors import ConfigError
from ..replay.load_check import with_check_word
from .parameters import PreGeneratedParameters


def row_address_words(parameters: PreGeneratedParameters, cycle: int) -> list[int]:
    """What is loaded so that the next perturbation starts at a cycle of the stream.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool.
    cycle : int
        Any cycle >= 0, taken modulo the joint orbit.

    Returns
    -------
    list of int
        The address of the cycle's row, then the check word.
    """
    address = parameters.address_sequence.address_of(integer("cycle", cycle, 0))
    return with_check_word([address])


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
    return [
        *row_address_words(parameters, row),
        *with_check_word(number & mask for number in stored),
    ]
