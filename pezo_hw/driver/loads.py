"""What can be loaded into a device."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from numpy.typing import ArrayLike

from .errors import UnsupportedError

_METHODS = ("load_phase", "load_seeds", "load_start_row", "load_rows")


class Loads(ABC):
    """The loads of one family's devices, and what of them is in use.

    A family overrides what it has; the rest says what it has instead.

    Attributes
    ----------
    strategy : str
        The family's name in a config's ``perturbation.strategy``.
    base : int
        The exponent that code 0 of the table in use stands for; 0 without a table.
    """

    strategy: ClassVar[str]
    base: int

    def restart(self) -> None:  # noqa: B027 - what is stored outlives a restart, unless one says so
        """Follows a restart of the device: what that brings back is in use again."""

    @abstractmethod
    def load_phase(self, cycle: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_phase`; ``cycle`` is any integer."""

    def load_seeds(self, seeds: Sequence[int], cycle: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_seeds`; ``cycle`` is any integer."""
        raise self._missing("load_seeds")

    def load_start_row(self, row: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_start_row`."""
        raise self._missing("load_start_row")

    def load_rows(self, row: int, numbers: ArrayLike, timeout: float | None) -> None:
        """As `PerturbationDevice.load_rows`."""
        raise self._missing("load_rows")

    def _missing(self, method: str) -> UnsupportedError:
        mine = (name for name in _METHODS if getattr(type(self), name) is not getattr(Loads, name))
        what = f'{method} is not allowed with strategy = "{self.strategy}"'
        return UnsupportedError(f"{what}; allowed: {' or '.join(mine)}")
