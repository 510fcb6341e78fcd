"""What the driver must be told of a family of generators."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic

from .configuration import Configuration
from .limit import Limit, Words
from .loader import Loader
from .loads import Loads
from .scaling import Scaling
from .shape import AnyShape

Sections = Mapping[str, Mapping[str, Any]]


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

        They are ``midrise``, ``fixed_point`` and ``health`` of CAPABILITIES and the fields of
        GENERATOR, TAPS, STEPS, WINDOW, MODULI and NUMBER; more where one of the others depends on
        them. Each is right, and safe to ask for, where those before it hold.
        """

    @abstractmethod
    def most_lanes(self, configuration: Configuration[AnyShape]) -> int:
        """How many lanes such a generator can have at most, were there no bus; limits hold."""

    @abstractmethod
    def table_base(self, configuration: Configuration[AnyShape]) -> int:
        """The exponent that code 0 of the built-in table stands for; 0 without a table."""

    @abstractmethod
    def exponent(self, configuration: Configuration[AnyShape], base: int) -> int:
        """The power of two that a mantissa of code 0 is multiplied by.

        ``base`` is the exponent that code 0 of the table in use stands for.
        """

    @abstractmethod
    def shape_of(self, sections: Sections) -> AnyShape:
        """What the config of a manifest says it generates."""

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
