"""What the family knows of one way of making Gaussian numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from ...bench.bench import Bench
from ...numbers.fixed_point import FixedPoint
from ...numbers.number_format import NumberFormat
from ...numbers.number_tables import Numbers
from ..facts import Facts
from .stream import GaussianStream

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class Kind(ABC):
    """One of the family's generators, with its number of lanes and its seed.

    Each has a folder with a subclass of this in it, and a line in `kinds`; nobody else tells one
    from another.

    Parameters
    ----------
    lanes : int
        W >= 1, checked.
    seed : int
        Of the start states, >= 0, checked.

    Attributes
    ----------
    name : str
        What the config's ``gaussian.generator`` calls it.
    fixed_point : FixedPoint
        What a mantissa at the pins means; its values have a standard deviation of about 1.
    latency : int
        Enabled clock edges from a reset to the first beat.
    """

    name: ClassVar[str]
    fixed_point: ClassVar[FixedPoint]
    latency: ClassVar[int]

    def __init__(self, *, lanes: int, seed: int) -> None:
        self.lanes = lanes
        self.seed = seed

    @property
    @abstractmethod
    def joint_orbit(self) -> int:
        """Cycles before all lanes repeat."""

    @property
    @abstractmethod
    def buses(self) -> Mapping[int, int]:
        """How many times so many bits lie side by side: counts of the hardware's buses by bits."""

    @abstractmethod
    def stream(self) -> GaussianStream:
        """The golden model."""

    @abstractmethod
    def number_table(self, form: NumberFormat) -> Numbers:
        """The numbers of a format as fast as they can be had."""

    @property
    @abstractmethod
    def table_cost(self) -> int:
        """How many numbers the golden model computes in the time that such a table takes."""

    @abstractmethod
    def create(self) -> Component:
        """The core."""

    @abstractmethod
    def benches(self) -> dict[str, Callable[[], Bench]]:
        """The benches of the core's modules, each alone, by name."""

    @abstractmethod
    def facts(self) -> Facts:
        """What is said of it."""
