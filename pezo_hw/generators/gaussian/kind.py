"""What the family knows of one way of making Gaussian numbers, and of its stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...bench.bench import Bench
from ...numbers.distribution import Distribution
from ...numbers.fixed_point import FixedPoint
from ...numbers.number_format import NumberFormat
from ...numbers.number_tables import Numbers
from ...numbers.stream import Stream, phases
from ..facts import Facts
from ..inventory import Inventory

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class GaussianStream(Stream):
    """A stream of lanes that each go their own way, without an exponent code.

    A subclass says the mantissas. A number is worth mantissa * 2^-frac.

    Parameters
    ----------
    lanes : int
        W.
    orbit : int
        Cycles before it repeats.
    fixed_point : FixedPoint
        Of a mantissa.
    latency : int
        Of the core.
    """

    code_bits = 0

    def __init__(self, *, lanes: int, orbit: int, fixed_point: FixedPoint, latency: int) -> None:
        self.lanes = lanes
        self.orbit = orbit
        self.fixed_point = fixed_point
        self.latency = latency

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        return np.zeros(len(phases(start, count, 1)), dtype=np.uint8)

    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.ldexp(mantissas.astype(np.float64), -self.fixed_point.frac).astype(np.float32)


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
    def distribution(self) -> Distribution:
        """What a number is, exactly, over all states of the registers, each as likely as any."""

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

    def inventory(self) -> Inventory | None:
        """What its core is made of; None where that is not known before it is mapped."""
        return None
