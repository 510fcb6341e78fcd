"""What can be loaded into a device with a pool."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..bus import integer
from ..configuration import Configuration
from ..errors import require
from ..loader import Loader
from ..loads import Loads
from .pool import Pool
from .rows import address_of, checked_rows

_ACCEPTED = (
    "a row of the pool, the same one where it was left in part, in words that arrive as they are"
    " sent"
)


class PoolLoads(Loads):
    """Another row to start at, or other numbers in a row; what is written stays over a restart.

    Parameters
    ----------
    loader : Loader
        Carries loads through.
    configuration : Configuration
        The device's.
    """

    strategy = Pool.strategy
    base = 0

    def __init__(self, loader: Loader, configuration: Configuration[Pool]) -> None:
        self._loader = loader
        self._configuration = configuration

    def load_phase(self, cycle: int, timeout: float | None) -> None:
        self.load_start_row(cycle % self._configuration.shape.rows, timeout)

    def load_start_row(self, row: int, timeout: float | None) -> None:
        require(self._configuration.load_phase, 'load = "phase" or "contents"')
        row = integer("row", row, 0, self._configuration.shape.rows - 1)
        deadline = self._loader.deadline(timeout, 1)
        address = [address_of(self._configuration, row)]
        self._loader.load(False, [address], deadline, _ACCEPTED)

    def load_rows(self, row: int, numbers: ArrayLike, timeout: float | None) -> None:
        configuration, pool = self._configuration, self._configuration.shape
        require(configuration.load_contents, 'load = "contents"')
        rows = checked_rows(pool, numbers)
        first = integer("row", row, 0, pool.rows - len(rows))
        deadline = self._loader.deadline(timeout, len(rows) * (1 + pool.lanes))
        for each, words in enumerate(rows, start=first):
            address = [address_of(configuration, each)]
            self._loader.load(True, [address, words], deadline, _ACCEPTED)
