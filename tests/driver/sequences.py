"""Sequences of commands of either driver, on a device that gives its beats."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from pezo_hw.config import Config
from pezo_hw.driver import BuiltIn, Command, CommandSequence, Frame, PerturbationDevice
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from tests.driver.c_driver import CPerturbationDevice
from tests.driver.c_sequence import CSequence
from tests.driver.streaming import StreamingDevice

Shapes = Sequence[int | tuple[int, ...]]


def built_in_seeds(config: Config) -> tuple[int, ...]:
    parameters = config.parameters
    return tuple(parameters.bank.seeds) if isinstance(parameters, OnTheFlyParameters) else ()


def elements_of(shapes: Shapes) -> list[int]:
    return [int(np.prod(shape)) for shape in shapes]


class SequenceBench:
    """A streaming device, one of the drivers, and sequences of commands by it.

    Parameters
    ----------
    config : Config
        The device's.
    library : ctypes.CDLL, optional
        The C driver; the Python driver without it.
    """

    def __init__(self, config: Config, library: ctypes.CDLL | None = None) -> None:
        self.config, self._library = config, library
        self.registers = StreamingDevice(config)
        self.seeds = built_in_seeds(config)
        self.driver = PerturbationDevice(
            self.registers, built_in=BuiltIn(seeds=self.seeds), timeout=0.05
        )

    @property
    def around(self) -> int:
        """After so many positions the stream comes back."""
        parameters: Any = self.config.parameters
        if isinstance(parameters, OnTheFlyParameters):
            return parameters.joint_orbit
        return parameters.rows if parameters.stores_rows else parameters.pool

    def sequence(self, beats: int, **keys: Any) -> CommandSequence | CSequence:
        if self._library is None:
            return CommandSequence(self.driver, beats, **keys)
        driver = CPerturbationDevice(self._library, self.registers, polls=50)
        return CSequence(driver, beats, seeds=self.seeds, **keys)

    def size_of(self, shapes: Shapes) -> dict[str, int]:
        """Beats of a model, and what its last one leaves for the next perturbation."""
        configuration = self.driver.configuration
        if not configuration.unused:
            return {"beats": sum(map(configuration.beats_for, shapes)), "unused": 0}
        numbers = sum(elements_of(shapes))
        return {
            "beats": configuration.beats_for(numbers),
            "unused": configuration.unused_for(numbers),
        }

    def received(self, commands: Iterable[Command]) -> Frame:
        """What the commands give, one after the other."""
        frames, first = [], 0
        for command in commands:
            assert command.first_byte == first
            command.give()
            frames.append(self.driver.decode(self.registers.frame()))
            assert command.beats == len(frames[-1])
            assert command.size == command.beats * self.driver.configuration.beat_bytes
            first += command.size
        return Frame.joined(frames)

    def tensors(self, commands: Iterable[Command], shapes: Shapes) -> list[bytes]:
        """The same as a model's tensors."""
        frame = self.received(commands)
        if not self.driver.configuration.unused:
            return [tensor.tobytes() for tensor in frame.tensors(shapes)]
        ends = np.cumsum(elements_of(shapes))
        return [part.tobytes() for part in np.split(frame.elements(int(ends[-1])), ends[:-1])]
