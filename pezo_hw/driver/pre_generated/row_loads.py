"""What can be loaded into a device with a pool in rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..bus import integer
from ..configuration import Configuration
from ..errors import ArgumentError, require
from ..family import Loads
from ..loader import Loader
from .pool import Pool

_ACCEPTED = (
    "a row of the pool, the same one where it was left in part, in words that arrive as they are"
    " sent"
)


class RowLoads(Loads):
    """Another row to start at, or other numbers in a row; what is written stays over a restart.

    Parameters
    ----------
    loader : Loader
        Carries loads through.
    configuration : Configuration
        The device's.
    """

    kind = f'strategy = "{Pool.strategy}", storage = "rows"'
    base = 0

    def __init__(self, loader: Loader, configuration: Configuration[Pool]) -> None:
        self._loader = loader
        self._configuration = configuration

    def load_phase(self, cycle: int, timeout: float | None) -> None:
        self.load_start_row(cycle % self._configuration.shape.depth, timeout)

    def load_start_row(self, row: int, timeout: float | None) -> None:
        require(self._configuration.load_phase, 'load = "phase" or "contents"')
        row = integer("row", row, 0, self._configuration.shape.depth - 1)
        deadline = self._loader.deadline(timeout, 1)
        address = [address_of(self._configuration, row)]
        self._loader.load(False, [address], deadline, _ACCEPTED)

    def load_rows(self, row: int, numbers: ArrayLike, timeout: float | None) -> None:
        configuration, pool = self._configuration, self._configuration.shape
        require(configuration.load_contents, 'load = "contents"')
        rows = checked_rows(pool, numbers)
        first = integer("row", row, 0, pool.depth - len(rows))
        deadline = self._loader.deadline(timeout, len(rows) * (1 + pool.lanes))
        for each, words in enumerate(rows, start=first):
            address = [address_of(configuration, each)]
            self._loader.load(True, [address, words], deadline, _ACCEPTED)


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
    words: list[list[int]] = pool.words(rows).tolist()
    return words
