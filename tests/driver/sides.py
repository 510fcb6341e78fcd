"""Both drivers under one set of names, over a bus that keeps a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pezo_hw.driver import BuiltIn, CommandSequence, Health, Interrupt, PerturbationDevice
from tests.driver.c_driver import CPerturbationDevice, CScaling
from tests.driver.c_sequence import CSequence


class RecordedBus:
    """What a driver reads and writes, in order.

    Attributes
    ----------
    trace : list of tuple
        ``("r", offset, word)`` or ``("w", offset, word)``.
    """

    def __init__(self, read: Callable[[int], int], write: Callable[[int, int], None]) -> None:
        self._read, self._write = read, write
        self.trace: list[tuple[str, int, int]] = []

    def read(self, offset: int) -> int:
        word = self._read(offset)
        self.trace.append(("r", offset, word))
        return word

    def write(self, offset: int, data: int) -> None:
        self._write(offset, data)
        self.trace.append(("w", offset, data))


class PythonSide:
    """The Python driver."""

    def __init__(self, bus: RecordedBus, built_in: BuiltIn) -> None:
        self.driver = PerturbationDevice(bus, built_in=built_in, timeout=60)
        for name in ("new", "replay", "wait", "restart", "wait_for", "enable_interrupts"):
            setattr(self, name, getattr(self.driver, name))
        more = ("set_unused", "load_start_number", "load_pool")
        for name in (
            "load_phase",
            "load_seeds",
            "load_rows",
            "load_start_row",
            "set_reload",
            *more,
        ):
            setattr(self, name, getattr(self.driver, name))

    def counters(self) -> tuple[int, int]:
        counters = self.driver.counters()
        return counters.perturbations, counters.transfers

    def sequence(self, beats: int, **keys: Any) -> CommandSequence:
        return CommandSequence(self.driver, beats, **keys)

    def faults(self) -> int:
        health: Health = self.driver.health()
        return health.faults


class CSide:
    """The C driver, which has to be told seeds and scaling."""

    def __init__(self, bus: RecordedBus, built_in: BuiltIn, library: Any) -> None:
        self.driver = CPerturbationDevice(library, bus)
        self._seeds = self._built_in = built_in.seeds
        scaling = built_in.scaling
        self._scaling = CScaling(scaling.rounding == "log-nearest", scaling.gain, scaling.code_bits)
        for name in ("new", "replay", "wait", "counters", "faults", "set_reload"):
            setattr(self, name, getattr(self.driver, name))
        for name in ("load_start_row", "load_start_number", "load_pool", "set_unused"):
            setattr(self, name, getattr(self.driver, name))
        self.enable_interrupts = self.driver.enable_interrupts

    def wait_for(self, which: Interrupt) -> Interrupt:
        return Interrupt(self.driver.wait_for(which))

    def restart(self) -> None:
        self.driver.restart()
        self._seeds = self._built_in

    def load_phase(self, cycle: int) -> None:
        self.driver.load_phase(cycle, self._seeds)

    def load_seeds(self, seeds: Sequence[int]) -> None:
        self.driver.load_seeds(seeds, self._scaling)
        self._seeds = tuple(seeds)

    def sequence(self, beats: int, **keys: Any) -> CSequence:
        return CSequence(self.driver, beats, seeds=self._seeds, **keys)

    def load_rows(self, row: int, numbers: Sequence[Sequence[int]]) -> None:
        for each, lanes in enumerate(numbers, start=row):
            self.driver.load_row(each, lanes)
