"""Integers off a configuration's stream: what weights are moved by, and what rounding draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...checks import integer
from ...config import Config
from ...errors import ConfigError
from ...numbers.number_format import narrowest_mantissas

ROUNDING_BITS = 16
_FROM_A_NUMBER = 8
_FORMATS = ("twos-complement", "midrise")


class Draws:
    """The mantissas of a stream, in its order, taken apart into bits.

    A mantissa of b bits (without the constant lowest one of ``midrise``) is read as two's
    complement; its exponent code is not used.

    Parameters
    ----------
    config : Config
        Without fixed-point output, whose mantissas have been shifted.

    Attributes
    ----------
    config : Config
        As given.
    bits : int
        b.

    Raises
    ------
    ConfigError
        For another format.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self._stream = config.fast_stream()
        form = self._stream.fixed_point
        if form.name not in _FORMATS:
            raise ConfigError("scaling.output", form.name, "mantissas as they are, for integers")
        self._dropped = int(form.name == "midrise")
        self._form = narrowest_mantissas(form.bits)
        self.bits = form.bits - self._dropped

    @property
    def for_rounding(self) -> int:
        """How many perturbations' numbers `uniform` reads."""
        return -(-ROUNDING_BITS // self._each)

    @property
    def _each(self) -> int:
        return min(self.bits, _FROM_A_NUMBER)

    def places(self, sizes: Sequence[int], position: int) -> tuple[list[int], int]:
        """With which number of the stream each tensor starts, and where the next ones start.

        As `PerturbationSequence` draws them: each on a fresh cycle, or with ``leftover =
        "number"`` at the very next number.
        """
        start = position = integer("position", position, 0)
        firsts = []
        for size in sizes:
            firsts.append(self._stream.first_number(position))
            position = self._stream.following(position, size)
        return firsts, self._stream.next_start(start, position)

    def places_to_round(self, sizes: Sequence[int], position: int) -> tuple[list[list[int]], int]:
        """As `places`, as many times as `uniform` asks for numbers."""
        found = []
        for _ in range(self.for_rounding):
            firsts, position = self.places(sizes, position)
            found.append(firsts)
        return found, position

    def numbers(self, first: int, count: int) -> NDArray[np.int32]:
        """The mantissas ``first`` ... ``first + count - 1``, from -2^(b-1) to 2^(b-1) - 1."""
        found = np.empty(count, self._form.dtype)
        self._stream.numbers(self._form, count).fill(found, first)
        return found.astype(np.int32) >> self._dropped

    def steps(self, first: int, count: int, amplitude: int, mask: int) -> NDArray[np.int16]:
        """What weights are moved by: odd integers below 2^amplitude in size, or 0.

        The highest ``amplitude`` bits a of a mantissa say how far, 2a + 1; the lowest ``mask`` bits
        say whether: all of them must be one. Both are even over all states of a register, of which
        only 0 is missing: with a mask the mean over its period is 0 exactly.

        Parameters
        ----------
        first, count : int
            As of `numbers`.
        amplitude : int
            From 1 to 7.
        mask : int
            At least 0; together at most b.
        """
        found = self.numbers(first, count)
        ones = (1 << mask) - 1
        kept = (found & ones) == ones
        steps = 2 * (found >> (self.bits - amplitude)) + 1
        return np.where(kept, steps, 0).astype(np.int16)

    def uniform(self, firsts: Sequence[int], count: int) -> NDArray[np.int64]:
        """Integers from 0 to 2^16 - 1 to round by, shape (count,).

        They are the lowest bits, eight at most, of one number from each of ``firsts``, the first
        lowest.
        """
        total = np.zeros(count, np.int64)
        for index, first in enumerate(firsts):
            low = self.numbers(first, count) & ((1 << self._each) - 1)
            total |= low.astype(np.int64) << (index * self._each)
        return total & ((1 << ROUNDING_BITS) - 1)


def round_by(
    values: NDArray[np.integer], places: int, draws: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The values / 2^places, up or down at random, so that their means are what they are.

    What lies below 2^-16 is rounded to nearest first. A zero stays one. Where ``places`` is
    negative the values are multiplied, exactly.

    Parameters
    ----------
    values : ndarray of integers
        Below 2^31 in size.
    places : int
        From -15 on.
    draws : ndarray of int64
        From 0 to 2^16 - 1, one for each value, all alike.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training.integer.draws import round_by
    >>> draws = np.arange(1 << 16)
    >>> results = round_by(np.full(1 << 16, -5), 2, draws)
    >>> np.unique(results).tolist(), results.mean().item()
    ([-2, -1], -1.25)
    """
    wide = values.astype(np.int64)
    if places > ROUNDING_BITS:
        rest = min(places - ROUNDING_BITS, 40)
        wide = (wide + (np.int64(1) << np.int64(rest - 1))) >> np.int64(rest)
    else:
        wide <<= np.int64(ROUNDING_BITS - places)
    return (wide + draws) >> np.int64(ROUNDING_BITS)
