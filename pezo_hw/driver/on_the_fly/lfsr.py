"""Jumps of an LFSR: its steps as a matrix over GF(2), and the powers of that."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .bank import Bank

Columns = tuple[int, ...]


def columns_of_one_step(bank: Bank) -> Columns:
    """The image of each single bit under one step: shift left, feed the taps' parity back."""
    mask, period = bank.tap_mask, bank.period
    bits = [1 << place for place in range(bank.width)]
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


def leap(bank: Bank, cycles: int) -> Columns:
    """So many clock cycles, which may be negative, of ``steps_per_cycle`` steps each."""
    return power(bank, cycles * bank.steps_per_cycle % bank.period)


def power(bank: Bank, steps: int) -> Columns:
    """So many single steps, 0 or more."""
    result = tuple(1 << place for place in range(bank.width))
    square = columns_of_one_step(bank)
    while steps:
        if steps & 1:
            result = product(square, result)
        square = product(square, square)
        steps >>= 1
    return result


def is_maximal(bank: Bank) -> bool:
    """Whether the taps give every state but 0 one orbit: state 1 returns after the period, only."""

    def returns_after(steps: int) -> bool:
        return apply(power(bank, steps), 1) == 1

    if not returns_after(bank.period):
        return False
    return not any(returns_after(bank.period // prime) for prime in _primes_of(bank.period))


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


def orbit(bank: Bank) -> NDArray[np.uint32]:
    """Every state in the order of single steps, from state 1; doubled in length at a time."""
    states = np.ones(1, dtype=np.uint32)
    jump = columns_of_one_step(bank)
    while len(states) < bank.period:
        states = np.concatenate([states, _apply_each(jump, states)])
        jump = product(jump, jump)
    return states[: bank.period]


def _apply_each(columns: Columns, states: NDArray[np.uint32]) -> NDArray[np.uint32]:
    images = np.zeros_like(states)
    for place, column in enumerate(columns):
        images ^= ((states >> np.uint32(place)) & np.uint32(1)) * np.uint32(column)
    return images
