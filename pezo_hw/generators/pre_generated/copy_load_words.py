"""The words of a load of a pool in copies: another start, or other numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ...checks import integer, integers
from ...errors import ConfigError
from ..replay.load_check import with_check_word
from .parameters import PreGeneratedParameters


def start_words(parameters: PreGeneratedParameters, number: int) -> list[int]:
    """What is loaded so that the next perturbation starts with a number of the pool.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool; its storage is ``"copies"``.
    number : int
        Which number, >= 0, taken modulo N.

    Returns
    -------
    list of int
        The address at which the copies are read for it, then the check word.
    """
    address = parameters.copies.order.address_of(integer("number", number, 0))
    return with_check_word([address])


def pool_words(
    parameters: PreGeneratedParameters, numbers: Sequence[int], start: int = 0
) -> list[int]:
    """What is loaded so that the pool holds other numbers.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool; its storage is ``"copies"``.
    numbers : sequence of int
        Its N integers as they are stored: -(2^(b-1)) to 2^(b-1) - 1.
    start : int
        With which of them the next perturbation starts, >= 0, taken modulo N.

    Returns
    -------
    list of int
        The address of the start, then the numbers in two's complement, the start's own first and
        from there on backwards; a check word behind each part.

    Raises
    ------
    ConfigError
        For numbers that the pool cannot have.
    """
    count, half = parameters.pool, 1 << (parameters.width - 1)
    allowed = f"a list of {count} integers from {-half} to {half - 1}"
    stored = integers("numbers", numbers, allowed)
    if len(stored) != count or not all(-half <= number < half for number in stored):
        raise ConfigError("numbers", f"{len(stored)} integers", allowed)
    staged = start_words(parameters, start)
    mask = 2 * half - 1
    backwards = (stored[(start - index) % count] & mask for index in range(count))
    return [*staged, *with_check_word(backwards)]
