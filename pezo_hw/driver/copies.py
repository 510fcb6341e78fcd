"""A pool that is stored in copies: where its numbers lie, and what one load of all of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from .errors import ArgumentError
from .lfsr import apply, power
from .shape import Shape


def address_of_number(shape: Shape, number: int) -> int:
    """Where copies are read for what begins with a number of the pool, taken modulo its numbers.

    The address moves by ``steps_per_cycle`` from a number to the next: by as many steps of an LFSR
    where the pool has taps, else by that much.
    """
    place = number * shape.steps_per_cycle % shape.count
    if not shape.taps:
        return place
    return apply(power(address_register(shape), place), 1)


def address_register(shape: Shape) -> Shape:
    """The LFSR that counts through the addresses."""
    return replace(shape, width=shape.count.bit_length())


def checked_pool(shape: Shape, numbers: ArrayLike) -> list[int]:
    """The pool's numbers as words of its width; raises ArgumentError for what is no such pool."""
    pool = np.asarray(numbers)
    if pool.shape != (shape.count,) or pool.dtype.kind not in "iu":
        found = f"{pool.dtype} of shape {pool.shape}"
        raise ArgumentError(f"numbers = {found} is not allowed; allowed: {shape.count} integers")
    low, high = -(1 << (shape.width - 1)), (1 << (shape.width - 1)) - 1
    if (worst := int(pool.min())) < low or (worst := int(pool.max())) > high:
        allowed = f"integers from {low} to {high}"
        raise ArgumentError(f"numbers with {worst} among them is not allowed; allowed: {allowed}")
    words: list[int] = (pool.astype(np.int64) & shape.period).tolist()
    return words


def backwards(words: list[int], start: int) -> Iterator[int]:
    """All words, that of the start first, and those before it behind it."""
    return (words[(start - index) % len(words)] for index in range(len(words)))
