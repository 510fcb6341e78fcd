"""What the driver must be told of a family of generators and of its loads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic

from numpy.typing import ArrayLike

from .configuration import Configuration
from .errors import UnsupportedError
from .limits import Limit, Words
from .loader import Loader
from .scaling import Scaling
from .shape import AnyShape

Sections = Mapping[str, Mapping[str, Any]]
Manifest = Mapping[str, Any]

_METHODS = (
    *("load_phase", "load_seeds"),
    *("load_start_row", "load_rows", "load_start_number", "load_pool"),
)


class Loads(ABC):
    """The loads of one family's devices, and what of them is in use.

    A family overrides what it has; the rest says what it has instead.

    Attributes
    ----------
    kind : str
        Whose they are, as keys of a config.
    base : int
        The exponent that code 0 of the table in use stands for; 0 without a table.
    """

    kind: ClassVar[str]
    base: int

    def restart(self) -> None:  # noqa: B027 - what is stored outlives a restart, unless one says so
        """Follows a restart of the device: what that brings back is in use again."""

    @abstractmethod
    def load_phase(self, cycle: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_phase`; ``cycle`` is any integer."""

    @property
    def positions_a_beat(self) -> int:
        """As `PerturbationDevice.positions_a_beat`: 1 where a position is a cycle."""
        return 1

    def load_position(self, position: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_position`; ``position`` is any integer."""
        self.load_phase(position, timeout)

    def load_seeds(self, seeds: Sequence[int], cycle: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_seeds`; ``cycle`` is any integer."""
        raise self._missing("load_seeds")

    def load_start_row(self, row: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_start_row`."""
        raise self._missing("load_start_row")

    def load_rows(self, row: int, numbers: ArrayLike, timeout: float | None) -> None:
        """As `PerturbationDevice.load_rows`."""
        raise self._missing("load_rows")

    def load_start_number(self, number: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_start_number`."""
        raise self._missing("load_start_number")

    def load_pool(self, numbers: ArrayLike, start: int, timeout: float | None) -> None:
        """As `PerturbationDevice.load_pool`."""
        raise self._missing("load_pool")

    def _missing(self, method: str) -> UnsupportedError:
        mine = (name for name in _METHODS if getattr(type(self), name) is not getattr(Loads, name))
        what = f"{method} is not allowed with {self.kind}"
        return UnsupportedError(f"{what}; allowed: {' or '.join(mine)}")


class Family(ABC, Generic[AnyShape]):
    """One way to generate numbers: all that depends on it is asked of this.

    Each family has a folder with a subclass of this in it, and a line in `families`; nobody else
    tells one family from another.

    Attributes
    ----------
    strategy : str
        Its name in a config's ``perturbation.strategy``.
    code : int
        What CAPABILITIES.family holds.
    """

    strategy: ClassVar[str]
    code: ClassVar[int]

    @abstractmethod
    def shape(self, words: Words) -> AnyShape:
        """What the registers say it generates, from their words by offset; not checked."""

    @abstractmethod
    def limits(self, configuration: Configuration[AnyShape], words: Words) -> Iterator[Limit]:
        """One for each field whose meaning is the family's, also for those that it has no use for.

        They are ``midrise``, ``fixed_point``, ``health`` and ``unused`` of CAPABILITIES and the
        fields of GENERATOR, TAPS, STEPS, WINDOW, MODULI and NUMBER; more where one of the others
        depends on them. Each is right, and safe to ask for, where those before it hold.
        """

    @abstractmethod
    def lanes(self, configuration: Configuration[AnyShape], most: int) -> Limit:
        """How many lanes such a generator can have, ``most`` with its bus; its limits hold."""

    @abstractmethod
    def table_base(self, configuration: Configuration[AnyShape]) -> int:
        """The exponent of code 0 of the built-in table, or that of all cycles; else 0."""

    @abstractmethod
    def exponent(self, configuration: Configuration[AnyShape], base: int) -> int:
        """The power of two that a mantissa of code 0 is multiplied by.

        ``base`` is the exponent that code 0 of the table in use stands for.
        """

    @abstractmethod
    def shape_of(self, manifest: Manifest) -> AnyShape:
        """What a manifest says it generates."""

    def seeds_of(self, sections: Sections) -> tuple[int, ...]:
        """The built-in seeds in the config of a manifest; none where there are no RNGs."""
        return ()

    def scaling_of(self, sections: Sections) -> Scaling:
        """How the config of a manifest makes codes, and its gain; as it is by default without."""
        return Scaling()

    @abstractmethod
    def loads(
        self,
        loader: Loader,
        configuration: Configuration[AnyShape],
        seeds: Sequence[int],
        scaling: Scaling,
    ) -> Loads:
        """What a device of it can be loaded with.

        Parameters
        ----------
        loader : Loader
            Carries loads through.
        configuration : Configuration
            The device's.
        seeds : sequence of int
            The built-in ones, as far as they are known.
        scaling : Scaling
            How the built-in table was made.

        Raises
        ------
        ArgumentError
            For seeds that are not of this device.
        """
