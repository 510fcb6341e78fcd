"""For the same calls, both drivers access the same registers in the same order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pezo_hw.config import Config
from pezo_hw.driver import BuiltIn, Interrupt, PerturbationDevice, Scaling
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from tests.driver.c_driver import CError, CPerturbationDevice, CScaling
from tests.driver.configs import CONFIGS, on_the_fly, pre_generated
from tests.driver.mock_registers import MockRegisters

Call = Callable[[Any], object]
CALLS: dict[str, Call] = {
    "commands": lambda d: (d.new(3), d.replay(3), d.new(4096), d.wait()),
    "reports": lambda d: (d.status(), d.counters(), d.interrupts()),
    "interrupts": lambda d: (
        d.enable_interrupts(Interrupt.DONE),
        d.new(1),
        d.wait_for(Interrupt.DONE),
        d.clear_interrupts(Interrupt(0x3F)),
    ),
    "restart": lambda d: (d.new(2), d.restart(), d.new(2)),
}


def both(c_library, config: Config, delay: int) -> tuple[Any, Any]:
    """A driver each, on a register file of its own."""
    python = PerturbationDevice(MockRegisters(config, delay=delay), built_in=built_in(config))
    return python, CPerturbationDevice(c_library, MockRegisters(config, delay=delay))


def built_in(config: Config) -> BuiltIn:
    parameters = config.parameters
    if not isinstance(parameters, OnTheFlyParameters):
        return BuiltIn()
    scaling = parameters.scaling
    return BuiltIn(
        seeds=parameters.bank.seeds,
        scaling=Scaling(rounding=scaling.rounding, gain=scaling.gain, code_bits=scaling.code_bits),
    )


def traces(python: PerturbationDevice, c: CPerturbationDevice) -> tuple[list, list]:
    return python._mmio.trace, c.mmio.trace


@pytest.mark.parametrize("delay", [1, 2, 7])
@pytest.mark.parametrize("name", CONFIGS)
def test_calls(name: str, delay: int, c_library):
    config = CONFIGS[name]
    python, c = both(c_library, config, delay)
    for call in CALLS.values():
        call(python)
        call(c)
        first, second = traces(python, c)
        assert first == second
    assert len(first) > 30
    if config.system.checks_health:
        python.health(), c.faults()
    if config.system.reloads:
        python.set_reload(True), c.set_reload(True)
    first, second = traces(python, c)
    assert first == second


@pytest.mark.parametrize("delay", [1, 3])
@pytest.mark.parametrize("name", [n for n in CONFIGS if CONFIGS[n].system.loads])
def test_loads(name: str, delay: int, c_library):
    config = CONFIGS[name]
    python, c = both(c_library, config, delay)
    parameters = config.parameters
    seeds = parameters.bank.seeds if isinstance(parameters, OnTheFlyParameters) else ()
    for cycle in (0, 1, 10**6, 2**64 - 1):
        python.load_phase(cycle)
        c.load_phase(cycle, seeds)
    for position in (1, 2**64 - 1):
        python.load_position(position)
        c.load_position(position, seeds)
    assert python.positions_a_beat == c.positions_a_beat()
    if config.system.loads_contents:
        _load_contents(python, c, config)
    python.new(1), c.new(1)
    first, second = traces(python, c)
    assert first == second
    assert sum(offset == 0x68 for _, offset, _ in first) >= 4


def _load_contents(python: PerturbationDevice, c: CPerturbationDevice, config: Config) -> None:
    parameters = config.parameters
    if getattr(parameters, "stored_as", "") == "copies":
        numbers = [index % 3 - 1 for index in range(parameters.pool)]
        python.load_pool(numbers, 1), c.load_pool(numbers, 1)
        return
    if not isinstance(parameters, OnTheFlyParameters):
        rows = [[1, -1] * parameters.lanes, [-(1 << (parameters.width - 1))] * parameters.lanes]
        for row, numbers in enumerate(rows):
            python.load_rows(row, numbers[: parameters.lanes])
            c.load_row(row, numbers[: parameters.lanes])
        python.load_start_row(1), c.load_start_row(1)
        return
    scaling = parameters.scaling
    c_scaling = CScaling(scaling.rounding == "log-nearest", scaling.gain, scaling.code_bits)
    seeds = tuple(reversed(parameters.bank.seeds))
    python.load_seeds(seeds)
    assert c.load_seeds(seeds, c_scaling) == python._loads.base


@pytest.mark.parametrize("make", [on_the_fly, pre_generated])
def test_a_refused_load(make, c_library, monkeypatch: pytest.MonkeyPatch):
    python, c = both(c_library, make(), 2)
    for mock in (python._mmio, c.mmio):
        for kind in ("_SeedLoad", "_RowLoad"):
            monkeypatch.setattr(
                f"tests.driver.mock_registers.{kind}._acceptable", lambda self, words: False
            )
        assert isinstance(mock, MockRegisters)
    with pytest.raises(Exception, match="the load was refused"):
        python.load_phase(1)
    seeds = getattr(make().parameters, "bank", None)
    with pytest.raises(CError, match="PEZO_LOAD_REFUSED"):
        c.load_phase(1, seeds.seeds if seeds else ())
    first, second = traces(python, c)
    assert first == second
