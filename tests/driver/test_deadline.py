"""No call takes longer than its timeout, whatever the device does: on a clock of the test's own."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from pezo_hw.driver import (
    ArgumentError,
    Bank,
    BuiltIn,
    DeviceTimeoutError,
    Interrupt,
    PerturbationDevice,
)
from pezo_hw.driver.deadline import Deadline
from tests.driver.configs import on_the_fly, pre_generated
from tests.driver.mock_registers import MockRegisters

ACCESS = 1e-4
COPIES = pre_generated(pool=127, width=9, lanes=8, leftover="number")


class Clock:
    """``time.monotonic`` that moves only with accesses, or with each look at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, a_look: float = 0.0) -> None:
        self.now, self.a_look = 100.0, a_look
        monkeypatch.setattr("pezo_hw.driver.deadline.time.monotonic", self)

    def __call__(self) -> float:
        self.now += self.a_look
        return self.now


class SlowRegisters(MockRegisters):
    """Accesses take time; from the given one on, nothing that is awaited comes."""

    def __init__(self, clock: Clock, config, *, dead_after: float = math.inf) -> None:
        super().__init__(config)
        self._clock, self._dead_after, self.accesses = clock, dead_after, 0

    def read(self, offset: int) -> int:
        word = super().read(offset)
        self._pass()
        return 0b10 if offset == 0x44 and self.accesses > self._dead_after else word

    def write(self, offset: int, value: int) -> None:
        if self.accesses <= self._dead_after or offset == 0x48:
            super().write(offset, value)
        self._pass()

    def _pass(self) -> None:
        self._clock.now += ACCESS
        self.accesses += 1


def loads(driver: PerturbationDevice) -> dict:
    """Every call that waits, by name."""
    shape = driver.configuration.shape
    both = {
        "new": lambda t: driver.new(1, timeout=t),
        "replay": lambda t: driver.replay(1, timeout=t),
        "wait": lambda t: driver.wait(timeout=t),
        "restart": lambda t: driver.restart(timeout=t),
        "wait_for": lambda t: driver.wait_for(Interrupt.RELOADED, timeout=t),
        "load_phase": lambda t: driver.load_phase(10**9, timeout=t),
    }
    if isinstance(shape, Bank):
        seeds = range(1, shape.rngs + 1)
        return both | {"load_seeds": lambda t: driver.load_seeds(seeds, timeout=t)}
    if shape.in_copies:
        numbers = np.zeros(shape.depth, dtype=int)
        return both | {
            "load_start_number": lambda t: driver.load_start_number(1, timeout=t),
            "load_pool": lambda t: driver.load_pool(numbers, 3, timeout=t),
        }
    rows = np.zeros((shape.depth, shape.lanes), dtype=int)
    return both | {
        "load_start_row": lambda t: driver.load_start_row(0, timeout=t),
        "load_rows": lambda t: driver.load_rows(0, rows, timeout=t),
    }


def outcome(call: Callable[[], object]) -> str:
    """What a call says when its time is up; nothing where it returns."""
    try:
        call()
    except DeviceTimeoutError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("dead_after", [0, 12, 60, math.inf])
@pytest.mark.parametrize("config", [on_the_fly(rngs=63, width=9), pre_generated(pool=480), COPIES])
def test_the_whole_of_a_call(config, dead_after: float, monkeypatch: pytest.MonkeyPatch):
    """From the device's constructor or from the call, over several stages, rows and words."""
    clock = Clock(monkeypatch)
    seeds = getattr(getattr(config.parameters, "bank", None), "seeds", ())
    late = set()
    for name in loads(PerturbationDevice(MockRegisters(config))):
        for timeout in (0, 0.002, 0.01):
            mock = SlowRegisters(clock, config, dead_after=dead_after)
            driver = PerturbationDevice(mock, built_in=BuiltIn(seeds=seeds))
            mock.accesses, started = 0, clock.now
            message = outcome(lambda t=timeout, d=driver, n=name: loads(d)[n](t))
            assert not message or message.endswith(f" did not come; allowed: within {timeout:g} s")
            late |= {name} if message else set()
            # An attempt reads or writes four registers, and there is one more when it is late.
            assert clock.now - started <= timeout + 9 * ACCESS, name
    assert {"wait_for", "load_phase"} <= late
    if dead_after == 0:
        assert late >= {"new", "replay", "wait", "restart"}


def test_a_load_without_a_timeout_of_its_own(monkeypatch: pytest.MonkeyPatch):
    """It has a millisecond more for each word, but awaits nothing longer than the device's."""
    clock = Clock(monkeypatch)
    config = on_the_fly(rngs=63, width=9)
    for dead_after, most in ((math.inf, 0.1), (0, 0.012), (60, 0.02)):
        mock = SlowRegisters(clock, config, dead_after=dead_after)
        driver = PerturbationDevice(mock, timeout=0.01)
        mock.accesses, started = 0, clock.now
        message = outcome(lambda d=driver: d.load_seeds(range(1, 64)))
        assert message.endswith("allowed: within 0.01 s") == (dead_after < math.inf)
        assert clock.now - started <= most


def test_computing_counts(monkeypatch: pytest.MonkeyPatch):
    """A table of many seeds is given up before the device has been told anything."""
    config = on_the_fly(rngs=500, width=9)
    mock = MockRegisters(config)
    driver = PerturbationDevice(mock)
    before = len(mock.trace)
    Clock(monkeypatch, a_look=0.001)
    with pytest.raises(DeviceTimeoutError, match=r"^the scale table did not come; allowed: within"):
        driver.load_seeds(range(1, 501), timeout=0.1)
    assert len(mock.trace) == before


@pytest.mark.parametrize("timeout", [-1, math.nan, "1", True, 10**400])
def test_timeouts_that_cannot_be(timeout):
    mock = MockRegisters(on_the_fly())
    driver = PerturbationDevice(mock)
    before = len(mock.trace)
    message = r"^timeout = .* is not allowed; allowed: a number of seconds, 0 or more$"
    with pytest.raises(ArgumentError, match=message):
        PerturbationDevice(MockRegisters(on_the_fly()), timeout=timeout)
    for name, call in loads(driver).items():
        if name != "load_phase":
            with pytest.raises(ArgumentError, match=message):
                call(timeout)
    assert all(kind == "r" for kind, _, _ in mock.trace[before:])


def test_timeouts_of_every_kind_of_number():
    for timeout in (1, 0.5, np.float32(0.5), np.int64(3), math.inf):
        driver = PerturbationDevice(MockRegisters(on_the_fly()), timeout=timeout)
        driver.new(1)
        driver.wait(timeout=timeout)
    assert Deadline(0).poll(lambda: 7, "it") == 7
