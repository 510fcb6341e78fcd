"""What can be loaded into a device with a pool in copies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from ..bus import integer
from ..configuration import Configuration
from ..errors import ArgumentError, require
from ..family import Loads
from ..lfsr import apply, power
from ..loader import Loader
from .pool import Pool

_ACCEPTED = "an address of the pool, in words that arrive as they are sent"


class CopyLoads(Loads):
    """Another number to start with, or all numbers; what is written stays over a restart.

    Parameters
    ----------
    loader : Loader
        Carries loads through.
    configuration : Configuration
        The device's.
    """

    kind = f'strategy = "{Pool.strategy}", storage = "copies"'
    base = 0

    def __init__(self, loader: Loader, configuration: Configuration[Pool]) -> None:
        self._loader = loader
        self._configuration = configuration

    def load_phase(self, cycle: int, timeout: float | None) -> None:
        pool = self._configuration.shape
        self.load_start_number(cycle * pool.lanes % pool.depth, timeout)

    @property
    def positions_a_beat(self) -> int:
        return self._configuration.shape.lanes

    def load_position(self, position: int, timeout: float | None) -> None:
        self.load_start_number(position % self._configuration.shape.depth, timeout)

    def load_start_number(self, number: int, timeout: float | None) -> None:
        pool = self._configuration.shape
        require(self._configuration.load_phase, 'load = "phase" or "contents"')
        number = integer("number", number, 0, pool.depth - 1)
        deadline = self._loader.deadline(timeout, 1)
        self._loader.load(False, [[address_of(pool, number)]], deadline, _ACCEPTED)

    def load_pool(self, numbers: ArrayLike, start: int, timeout: float | None) -> None:
        pool = self._configuration.shape
        require(self._configuration.load_contents, 'load = "contents"')
        words = checked_numbers(pool, numbers)
        start = integer("start", start, 0, pool.depth - 1)
        deadline = self._loader.deadline(timeout, 1 + pool.depth)
        stages = [[address_of(pool, start)], backwards(words, start)]
        self._loader.load(True, stages, deadline, _ACCEPTED)


def address_of(pool: Pool, number: int) -> int:
    """Where copies are read for what begins with a number of the pool.

    From a number to the next the address moves by ``steps_a_number``: by as many steps of an LFSR
    where the pool has taps, else by that much.
    """
    place = number * pool.steps_a_number % pool.depth
    if not pool.taps:
        return place
    return apply(power(pool.address_register, place), 1)


def checked_numbers(pool: Pool, numbers: ArrayLike) -> list[int]:
    """The pool's numbers as words of its width; raises ArgumentError for what is no such pool."""
    found = np.asarray(numbers)
    if found.shape != (pool.depth,) or found.dtype.kind not in "iu":
        what = f"{found.dtype} of shape {found.shape}"
        raise ArgumentError(f"numbers = {what} is not allowed; allowed: {pool.depth} integers")
    words: list[int] = pool.words(found).tolist()
    return words


def backwards(words: list[int], start: int) -> Iterator[int]:
    """All words, that of the start first, and those before it behind it."""
    return (words[(start - index) % len(words)] for index in range(len(words)))
