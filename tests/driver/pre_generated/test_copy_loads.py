"""Pools in copies through both drivers: starts, all numbers, and what a command leaves over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pezo_hw.config import Config
from pezo_hw.driver import ArgumentError, PerturbationDevice, UnsupportedError
from pezo_hw.generators.pre_generated.copy_load_words import pool_words, start_words
from tests.driver.c_driver import CError, CPerturbationDevice
from tests.driver.configs import CONFIGS, pre_generated
from tests.driver.mock_registers import MockRegisters

COPIES = ["copies", "copies-counted", "copies-of-one-port", "copies-of-the-paper"]
LOADS = ["copies", "copies-of-one-port", "copies-of-the-paper"]


def both(c_library: Any, config: Config) -> tuple[Any, Any]:
    """A driver each, on a register file of its own."""
    python = PerturbationDevice(MockRegisters(config))
    return python, CPerturbationDevice(c_library, MockRegisters(config))


def mocks(python: Any, c: Any) -> tuple[MockRegisters, MockRegisters]:
    return python._mmio, c.mmio


@pytest.mark.parametrize("name", COPIES)
def test_a_start_is_where_the_golden_words_say(name: str, c_library):
    parameters: Any = CONFIGS[name].parameters
    python, c = both(c_library, CONFIGS[name])
    for number in (0, 1, parameters.lanes, parameters.pool - 1):
        address, _ = start_words(parameters, number)
        for driver in (python, c):
            driver.load_start_number(number)
        assert [mock.start_address for mock in mocks(python, c)] == [address] * 2
    python.load_phase(10**12 + 7)
    c.load_phase(10**12 + 7, [])
    address, _ = start_words(parameters, (10**12 + 7) * parameters.lanes)
    assert [mock.start_address for mock in mocks(python, c)] == [address] * 2
    first, second = (mock.trace for mock in mocks(python, c))
    assert first == second


@pytest.mark.parametrize("name", LOADS)
def test_a_pool_is_what_the_golden_words_say(name: str, c_library):
    parameters: Any = CONFIGS[name].parameters
    half = 1 << (parameters.width - 1)
    numbers = np.random.default_rng(1).integers(-half, half, parameters.pool)
    python, c = both(c_library, CONFIGS[name])
    for driver in (python, c):
        driver.load_pool(numbers.tolist(), 5)
    for mock in mocks(python, c):
        written = [word for kind, offset, word in mock.trace if (kind, offset) == ("w", 0x68)]
        assert written == pool_words(parameters, numbers.tolist(), 5)
        assert mock.pool == [int(number) % (2 * half) for number in numbers]
    first, second = (mock.trace for mock in mocks(python, c))
    assert first == second


def test_what_a_command_leaves_over(c_library):
    python, c = both(c_library, CONFIGS["copies"])
    configuration = python.configuration
    for size in (1, 7, 8, 9, 2410):
        assert configuration.unused_for(size) == c.unused_for(size) == -size % 8
    assert configuration.unused_for((3, 5)) == 1
    for driver in (python, c):
        driver.set_unused(6)
    assert [mock.unused for mock in mocks(python, c)] == [6, 6]
    with pytest.raises(ArgumentError, match=r"unused = 8 is not allowed; .* 0 to 7"):
        python.set_unused(8)
    with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
        c.set_unused(8)


@pytest.mark.parametrize("name", ["pool", "small", "copies-of-one-port", "copies-drawn"])
def test_where_every_perturbation_starts_on_a_fresh_beat(name: str, c_library):
    python, c = both(c_library, CONFIGS[name])
    assert python.configuration.unused_for(3) == c.unused_for(3) == 0
    with pytest.raises(UnsupportedError, match='leftover = "number"'):
        python.set_unused(0)
    with pytest.raises(CError, match="PEZO_UNSUPPORTED"):
        c.set_unused(0)


def test_rows_are_not_copies(c_library):
    rows, copies = CONFIGS["pool"], CONFIGS["copies"]
    for config, calls in (
        (rows, (("load_start_number", 1), ("load_pool", [0] * 60))),
        (copies, (("load_start_row", 1), ("load_row", 0, [0] * 8), ("load_rows", 0, [[0] * 8]))),
    ):
        python, c = both(c_library, config)
        for name, *arguments in calls:
            for driver, error in ((python, UnsupportedError), (c, CError)):
                if hasattr(driver, name):
                    with pytest.raises(error, match=r"storage = |PEZO_UNSUPPORTED"):
                        getattr(driver, name)(*arguments)


@pytest.mark.parametrize(
    ("numbers", "start"), [([0] * 31, 31), ([16] + [0] * 30, 0), ([0] * 30 + [-17], 0)]
)
def test_a_pool_that_the_device_cannot_have(numbers: list[int], start: int, c_library):
    config = pre_generated(pool=31, lanes=8, width=5, leftover="number")
    python, c = both(c_library, config)
    with pytest.raises(ArgumentError):
        python.load_pool(numbers, start)
    with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
        c.load_pool(numbers, start)
    with pytest.raises(ArgumentError, match="31 integers"):
        python.load_pool(numbers[:-1])
