"""What everybody outside a system's folder knows of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..bench.bench import Bench
from ..config import Config
from ..errors import ConfigError, PezoError
from ..names import stem_of
from ..numbers.beat_layout import BeatLayout

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

PERTURBATION = 1024
# Beats of the first perturbation of the testbench in Verilog, and how many more the next one has.
FIRST_LENGTH, MORE_LENGTH = 1, 3
# What pins mean that several systems have.
CLOCK = "clock; everything happens at its rising edge"
OF_BEAT = {
    "mantissa": "two's complement numbers, lane 0 lowest",
    "code": "exponent code that all lanes of the beat share",
}
FIELDS = {
    **OF_BEAT,
    "last": "the last beat of a command",
    "length": "how many beats the command asks for, less one",
    "replay": "whether it goes back to where the last command without this began",
    "unused": "how many numbers of its last beat the next command starts with, below the lanes",
}


@dataclass(frozen=True, kw_only=True)
class VerilogTestbench:
    """A system's part of the testbench in SystemVerilog, which knows no Python.

    Attributes
    ----------
    template : Path
        The testbench, with places to be filled in.
    nets : mapping of str to str
        What the testbench calls the pins, beyond ``clk`` and ``rst``; an input that is not among
        them is low.
    width : int
        Bits of a beat as the testbench compares it.
    slot_bits : int or None
        Bits that each number takes in it, where it is more than it has.
    golden : tuple of ndarray, optional
        Mantissas (N, W) and codes (N,) of the beats that it compares with, in the order in which
        it first asks for them; where it is not given, they are the first ones of the stream.
    values : mapping of str to object
        More places of the template.
    """

    template: Path
    nets: Mapping[str, str]
    width: int
    slot_bits: int | None = None
    golden: tuple[NDArray[np.int32], NDArray[np.uint8]] | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ActivityDriver:
    """What moves a system's pins while its switching activity is recorded, in C++.

    Attributes
    ----------
    template : Path
        Defines ``prepare``, ``settle`` and ``drive``.
    values : mapping of str to object
        Its places.
    """

    template: Path
    values: Mapping[str, object] = field(default_factory=dict)


class System(ABC):
    """A layer of hardware around a generator; one object serves every configuration.

    Each has a folder with a subclass of this in it, and a line in `registry`; nobody else tells one
    from another.

    Attributes
    ----------
    name : str
        What ``--system`` calls it.
    pins : mapping of str to str
        What each of its pins means.
    has_own_clock : bool
        Whether clock and reset are pins of its signature; if not, they are ``clk`` and ``rst``.
    options : tuple of str
        The keys of the config that are of some systems alone and have a say in it: those of
        ``[system]``, and ``start`` of ``[perturbation]``.
    """

    name: ClassVar[str]
    pins: ClassVar[Mapping[str, str]]
    has_own_clock: ClassVar[bool] = False
    options: ClassVar[tuple[str, ...]] = ()

    def check(self, config: Config) -> None:
        """Checks that the configuration has hardware in this system.

        Raises
        ------
        PezoError
            Naming what does not fit.
        """
        config.require_hardware()
        try:
            self._check_generator(config)
        except ConfigError as error:
            raise PezoError(f"{config.name}: {error}") from None

    def _check_generator(self, config: Config) -> None:  # noqa: B027 - a core asks for nothing
        """What this system asks of the generator beyond a core; raises ConfigError."""

    @abstractmethod
    def create(self, config: Config) -> Component:
        """The hardware; raises PezoError as `check` does."""

    @abstractmethod
    def bench(self, config: Config) -> Bench:
        """Its bench, against a model of its own, at power-up."""

    @abstractmethod
    def interface(self, config: Config, top: str) -> dict[str, object]:
        """What the manifest says of it beyond the generator."""

    @abstractmethod
    def testbench(self, config: Config, beats: int) -> VerilogTestbench:
        """How the hand-off's testbench plays it, with commands of at most ``beats`` beats."""

    @abstractmethod
    def activity(self, config: Config) -> ActivityDriver:
        """How it is driven at full throughput, in perturbations of `PERTURBATION` beats."""

    def files(self, config: Config, top: str) -> dict[str, str]:
        """Files beside Verilog, memories and manifest, by name."""
        return {}

    def top(self, config: Config) -> str:
        """The name of its top module, unless ``--name`` says otherwise.

        No other configuration and no other system goes by it (see `stem_of`).
        """
        return f"{stem_of(config.name)}_{self.name}"


def testbench_lengths(beats: int, longest: int) -> list[int]:
    """Beats of each NEW of the testbench in Verilog, of at most ``longest``, ``beats`` in all.

    The last number is what is left: of a perturbation that the testbench no longer asks for.
    """
    lengths, length = [], FIRST_LENGTH
    while length <= min(beats, longest):
        lengths.append(length)
        beats -= length
        length += MORE_LENGTH
    return [*lengths, beats]


def check_beat(config: Config, more_bits: int = 0) -> None:
    """Checks that a beat can be one word, with so many bits more; raises ConfigError if not."""
    layout = layout_of(config)
    more = layout.code_bits + more_bits
    config.generator.check_beat_bus(lane_bits=layout.lane_bits, more_bits=more)


def layout_of(config: Config) -> BeatLayout:
    """How a configuration's beats lie in a word."""
    return BeatLayout.of(config.parameters)


def describe_fields(fields: dict[str, int]) -> dict[str, object]:
    """Place, width and meaning of every field of a payload, given their widths, lowest first."""
    described: dict[str, object] = {}
    low = 0
    for name, width in fields.items():
        described[name] = {"low": low, "width": width, "meaning": FIELDS[name]}
        low += width
    return described
