"""Whether a device can take what it is to be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike

from .bus import integer
from .configuration import Configuration
from .errors import ArgumentError, NotFoundError
from .shape import Shape


def check_shape(found: Shape, expected: Shape | None) -> None:
    """Checks that the device is the one of the manifest; raises NotFoundError if not."""
    if expected is None:
        return
    for field in fields(Shape):
        device, manifest = getattr(found, field.name), getattr(expected, field.name)
        if device != manifest:
            what = f"{field.name} = {device} in the device is not allowed"
            raise NotFoundError(f"{what}; allowed: {manifest}, as the manifest says")


def checked_seeds(shape: Shape, seeds: Sequence[int]) -> tuple[int, ...]:
    """The seeds as plain integers; raises ArgumentError for any that a bank cannot start from."""
    if len(seeds) != shape.count:
        wanted = f"{shape.count}, one for each RNG"
        raise ArgumentError(f"number of seeds = {len(seeds)} is not allowed; allowed: {wanted}")
    first_with: dict[int, int] = {}
    for index, seed in enumerate(seeds):
        number = integer(f"seeds[{index}]", seed, 1, shape.period)
        if (first := first_with.setdefault(number, index)) != index:
            unlike = f"an integer that no other seed has (seeds[{first}] has it)"
            raise ArgumentError(f"seeds[{index}] = {seed} is not allowed; allowed: {unlike}")
    return tuple(first_with)


def check_shifts(configuration: Configuration, highest_code: int) -> None:
    """Checks that fixed-point numbers have the bits that a table's highest code shifts them to."""
    if configuration.fixed_point and highest_code > configuration.highest_shift:
        allowed = f"seeds whose codes reach {configuration.highest_shift} at most"
        raise ArgumentError(f"seeds with code {highest_code} is not allowed; allowed: {allowed}")


def checked_rows(shape: Shape, numbers: ArrayLike) -> list[list[int]]:
    """Rows of a pool as words of its width; raises ArgumentError for what is no such row."""
    rows = np.atleast_2d(np.asarray(numbers))
    if (
        rows.ndim != 2
        or rows.shape[1] != shape.lanes
        or rows.dtype.kind not in "iu"
        or not len(rows)
    ):
        found = f"{rows.dtype} of shape {np.shape(numbers)}"
        allowed = f"integers of shape (rows, {shape.lanes})"
        raise ArgumentError(f"numbers = {found} is not allowed; allowed: {allowed}")
    low, high = -(1 << (shape.width - 1)), (1 << (shape.width - 1)) - 1
    if (worst := int(rows.min())) < low or (worst := int(rows.max())) > high:
        allowed = f"integers from {low} to {high}"
        raise ArgumentError(f"numbers with {worst} among them is not allowed; allowed: {allowed}")
    words: list[list[int]] = (rows.astype(np.int64) & shape.period).tolist()
    return words
