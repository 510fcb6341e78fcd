"""Jumps of an LFSR: its steps as a matrix over GF(2), and the powers of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Columns = tuple[int, ...]

_MOST_TAPS = 32


@dataclass(frozen=True, kw_only=True)
class LFSR:
    """A linear-feedback shift register.

    Attributes
    ----------
    width : int
        Bits of its state.
    taps : tuple of int
        The bits that feed back, counted from 1, the highest first.
    """

    width: int
    taps: tuple[int, ...]

    @property
    def period(self) -> int:
        """Steps until a state returns, if they all have one orbit; also the bits of a state."""
        return (1 << self.width) - 1

    @property
    def tap_mask(self) -> int:
        """The bits of a state that feed back."""
        return sum(1 << (tap - 1) for tap in self.taps)


def taps_in(mask: int) -> tuple[int, ...]:
    """Those of a register's word with a bit for each, the highest first."""
    return tuple(tap for tap in range(_MOST_TAPS, 0, -1) if mask >> (tap - 1) & 1)


def columns_of_one_step(lfsr: LFSR) -> Columns:
    """The image of each single bit under one step: shift left, feed the taps' parity back."""
    mask, period = lfsr.tap_mask, lfsr.period
    bits = [1 << place for place in range(lfsr.width)]
    return tuple(((bit << 1) | bool(bit & mask)) & period for bit in bits)


def apply(columns: Columns, state: int) -> int:
    """The image of a state: the XOR of the images of its bits."""
    image = 0
    for column in columns:
        image ^= column * (state & 1)
        state >>= 1
    return image


def product(second: Columns, first: Columns) -> Columns:
    """What ``first`` does, and ``second`` after it."""
    return tuple(apply(second, column) for column in first)


def power(lfsr: LFSR, steps: int) -> Columns:
    """So many single steps, 0 or more."""
    result = tuple(1 << place for place in range(lfsr.width))
    square = columns_of_one_step(lfsr)
    while steps:
        if steps & 1:
            result = product(square, result)
        square = product(square, square)
        steps >>= 1
    return result


def is_maximal(lfsr: LFSR) -> bool:
    """Whether the taps give every state but 0 one orbit: state 1 returns after the period, only."""

    def returns_after(steps: int) -> bool:
        return apply(power(lfsr, steps), 1) == 1

    if not returns_after(lfsr.period):
        return False
    return not any(returns_after(lfsr.period // prime) for prime in _primes_of(lfsr.period))


def _primes_of(number: int) -> Iterator[int]:
    """The primes that divide a number, by trial."""
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            yield divisor
            while number % divisor == 0:
                number //= divisor
        divisor += 1
    if number > 1:
        yield number


def orbit(lfsr: LFSR) -> NDArray[np.uint32]:
    """Every state in the order of single steps, from state 1; doubled in length at a time."""
    states = np.ones(1, dtype=np.uint32)
    jump = columns_of_one_step(lfsr)
    while len(states) < lfsr.period:
        states = np.concatenate([states, _apply_each(jump, states)])
        jump = product(jump, jump)
    return states[: lfsr.period]


def _apply_each(columns: Columns, states: NDArray[np.uint32]) -> NDArray[np.uint32]:
    images = np.zeros_like(states)
    for place, column in enumerate(columns):
        images ^= ((states >> np.uint32(place)) & np.uint32(1)) * np.uint32(column)
    return images
