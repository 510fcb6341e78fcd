"""What everybody outside a generator's folder knows of it."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from ..bench.bench import Bench
from ..numbers.beat_layout import check_bus
from ..numbers.fast_stream import FastStream
from ..numbers.fixed_point import FixedPoint
from ..numbers.number_format import NumberFormat
from ..numbers.number_tables import NumberGrid, Numbers
from ..numbers.stream import Stream
from .config_keys import STARTS
from .facts import Facts
from .inventory import Inventory
from .replay.options import SystemOptions
from .replay.plan import ReplayPlan

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

Section = Mapping[str, object]
Sections = Mapping[str, Section]


class GeneratorParameters(Protocol):
    """What the parameters of every generator say."""

    @property
    def lanes(self) -> int:
        """W, the numbers of a cycle."""

    @property
    def joint_orbit(self) -> int:
        """Cycles before the stream repeats."""

    @property
    def fixed_point(self) -> FixedPoint:
        """What a mantissa at the pins means."""

    @property
    def code_bits(self) -> int:
        """Bits of the exponent code at the pins, 0 where there is none."""

    @property
    def latency(self) -> int:
        """Enabled clock edges from a reset to the first beat."""


class Generator(ABC):
    """A configured generator: source of its golden model, its hardware and all that is said of it.

    Each family has a folder with a subclass of this in it, and a line in `registry`; nobody else
    tells one family from another.

    Attributes
    ----------
    strategy : str
        The family's name in a config's ``perturbation.strategy``; also its section there.
    family_code : int
        What says so in the registers of a device, 1 to 255: nobody else's, and never given to
        another family. From 128 on they are for families that are not part of this project. 0, the
        default: no system with registers has this family, since `replay` refuses.
    draws_starts : bool
        Whether a config of the family can have ``perturbation.start = "drawn"``.
    sections : mapping of str to tuple of str
        The config's sections that belong to the family, with their keys.
    renamed : mapping of str to str
        Keys that a section had under another name, with that of today.
    parameters : GeneratorParameters
        The family's own parameters.
    """

    strategy: ClassVar[str]
    family_code: ClassVar[int] = 0
    draws_starts: ClassVar[bool] = False
    sections: ClassVar[Mapping[str, tuple[str, ...]]]
    renamed: ClassVar[Mapping[str, str]] = {}
    parameters: GeneratorParameters

    @classmethod
    @abstractmethod
    def read(cls, sections: Sections, folder: Path, *, in_use: bool) -> Generator:
        """The generator that sections of a config say; absent ones are empty.

        Parameters
        ----------
        sections : mapping
            All sections by name, their keys known.
        folder : Path
            What file names in them are relative to.
        in_use : bool
            Whether it is the config's strategy; if not, the keys are checked all the same, and no
            file is read.

        Raises
        ------
        ConfigError
            For the first key that is of the wrong type or out of range, with its section.
        """

    @abstractmethod
    def resolved(self) -> dict[str, dict[str, object]]:
        """Its sections of the config with every default filled in."""

    @abstractmethod
    def stream(self) -> Stream:
        """The golden model of the stream."""

    @abstractmethod
    def number_table(self, form: NumberFormat) -> Numbers:
        """The numbers of a format, or the codes, at the speed of copying memory."""

    def number_grid(self, form: NumberFormat) -> NumberGrid | None:
        """The numbers of a format as a grid, where a generator's are one."""
        return None

    @property
    @abstractmethod
    def table_cost(self) -> int:
        """How many numbers the golden model computes for such a table."""

    @property
    @abstractmethod
    def starts(self) -> int:
        """At how many different places a perturbation of some length can start."""

    @property
    def start(self) -> str:
        """Where a perturbation starts, as ``perturbation.start`` says it."""
        return STARTS[0]

    def different(self, sizes: Sequence[int]) -> int:
        """How many different perturbations there are of tensors of these sizes.

        They start as many positions apart, so that they come round after the orbit divided by what
        it has in common with that.
        """
        stream = self.stream()
        position = 0
        for size in sizes:
            position = stream.following(position, size)
        return self.starts // math.gcd(self.starts, stream.next_start(0, position))

    @abstractmethod
    def create(self) -> Component:
        """The core; raises ConfigError as `require_hardware` does."""

    @abstractmethod
    def benches(self) -> dict[str, Callable[[], Bench]]:
        """The benches of the core's modules, each alone, by name."""

    @abstractmethod
    def facts(self) -> Facts:
        """What is said of it in reports, in the manifest and in the C header."""

    def inventory(self) -> Inventory | None:
        """What its core is made of; None where that is not known before it is mapped."""
        return None

    @abstractmethod
    def replay(self, options: SystemOptions) -> ReplayPlan:
        """What systems on command are made from.

        Raises
        ------
        ConfigError
            Where the generator cannot be part of one with these options.
        """

    @property
    @abstractmethod
    def lanes_key(self) -> str:
        """The config's key, with its section, that says how many lanes there are."""

    @abstractmethod
    def content(self) -> tuple[str | bytes, ...]:
        """All that decides the numbers of the stream, and nothing else, whatever it is called."""

    def require_hardware(self) -> None:
        """Checks that a core can be made of it.

        Raises
        ------
        ConfigError
            Naming what has hardware only with another value.
        """
        check_bus(self.lanes_key, self.parameters.lanes, self.parameters.fixed_point.bits)

    def check_beat_bus(self, *, lane_bits: int, more_bits: int) -> None:
        """Checks that a beat can go through a system as one word.

        Parameters
        ----------
        lane_bits : int
            Bits that a lane takes of it.
        more_bits : int
            Bits of it beside the lanes.

        Raises
        ------
        ConfigError
            For the number of lanes.
        """
        check_bus(self.lanes_key, self.parameters.lanes, lane_bits, more=more_bits)

    def warn(self) -> None:  # noqa: B027 - most have nothing to warn of
        """Says by a warning what of it is less than one would expect."""

    def fast_stream(self) -> FastStream:
        """The golden model's stream, bit for bit, out of tables."""
        return FastStream(self.stream(), self.number_table, self.table_cost)
