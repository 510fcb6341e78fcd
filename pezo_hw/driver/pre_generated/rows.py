"""Rows of a pool: where they are stored, and what can be written into them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..configuration import Configuration
from ..errors import ArgumentError
from .pool import Pool


def address_of(configuration: Configuration[Pool], row: int) -> int:
    """Where a row of the pool is stored: a counter's field for each modulus, or the row itself."""
    if not configuration.moduli:
        return row
    address = offset = 0
    for modulus in configuration.moduli:
        address |= (row % modulus) << offset
        offset += (modulus - 1).bit_length()
    return address


def checked_rows(pool: Pool, numbers: ArrayLike) -> list[list[int]]:
    """Rows of a pool as words of its width; raises ArgumentError for what is no such row."""
    rows = np.atleast_2d(np.asarray(numbers))
    if (
        rows.ndim != 2
        or rows.shape[1] != pool.lanes
        or rows.dtype.kind not in "iu"
        or not len(rows)
    ):
        found = f"{rows.dtype} of shape {np.shape(numbers)}"
        allowed = f"integers of shape (rows, {pool.lanes})"
        raise ArgumentError(f"numbers = {found} is not allowed; allowed: {allowed}")
    if (worst := int(rows.min())) < pool.low or (worst := int(rows.max())) > pool.high:
        allowed = f"integers from {pool.low} to {pool.high}"
        raise ArgumentError(f"numbers with {worst} among them is not allowed; allowed: {allowed}")
    words: list[list[int]] = (rows.astype(np.int64) & ((1 << pool.width) - 1)).tolist()
    return words
