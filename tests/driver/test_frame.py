"""Bytes of m_axis back into the golden stream, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from pezo_hw.config import Config
from pezo_hw.driver import ArgumentError, BuiltIn, PerturbationDevice, Scaling
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.numbers.perturbation import PerturbationSequence
from tests.driver.configs import CONFIGS, on_the_fly
from tests.driver.mock_registers import MockRegisters


def octets(config: Config, start: int, count: int) -> bytes:
    """The stream as its definition puts it on m_axis, a number at a time."""
    parameters, beats = config.parameters, config.stream().window(start, count)
    slot = next(size for size in (1, 2, 4) if 8 * size >= parameters.fixed_point.bits)
    data = bytearray()
    for row, code in zip(beats.mantissa.tolist(), beats.code.tolist(), strict=True):
        written = len(data)
        for mantissa in row:
            data += mantissa.to_bytes(slot, "little", signed=True)
        if parameters.code_bits:
            data += code.to_bytes(slot, "little")
        if config.system.tdata == "power-of-two":
            filled = len(data) - written
            data += bytes(next(1 << n for n in range(17) if 1 << n >= filled) - filled)
    return bytes(data)


def device(config: Config) -> PerturbationDevice:
    parameters, scaling = config.parameters, Scaling()
    if isinstance(parameters, OnTheFlyParameters):
        scaling = Scaling(
            rounding=parameters.scaling.rounding,
            gain=parameters.scaling.gain,
            code_bits=parameters.scaling.code_bits,
        )
    return PerturbationDevice(MockRegisters(config), built_in=BuiltIn(scaling=scaling))


EIGHT_BIT_CODES = on_the_fly(width=8, rngs=3, scaling={"code_bits": 8, "gain": 1e-4})
TALL = on_the_fly(width=12, rngs=3, scaling={"output": "fixed-point", "code_bits": 4})


@pytest.mark.parametrize(
    "config", [*CONFIGS.values(), EIGHT_BIT_CODES, TALL], ids=[*CONFIGS, "codes-8", "tall"]
)
def test_mantissas_codes_and_values(config: Config):
    expected = config.stream().window(11, 50)
    data = octets(config, 11, 50)
    frame = device(config).decode(data)
    assert len(frame) == 50
    np.testing.assert_array_equal(frame.mantissa, expected.mantissa)
    np.testing.assert_array_equal(frame.code, expected.code)
    np.testing.assert_array_equal(frame.value.view(np.uint32), expected.value.view(np.uint32))
    assert frame.elements(3).tolist() == expected.value.reshape(-1)[:3].tolist()


def test_any_buffer():
    data = octets(CONFIGS["tile"], 0, 4)
    driver = device(CONFIGS["tile"])
    whole = driver.decode(data).mantissa
    array = np.frombuffer(data, dtype=np.uint8)
    for buffer in (bytearray(data), memoryview(data), array, array.reshape(4, -1), array[:]):
        np.testing.assert_array_equal(driver.decode(buffer).mantissa, whole)
    np.testing.assert_array_equal(driver.decode(array.view("<u4")).mantissa, whole)
    strided = np.repeat(array, 2)[::2]
    np.testing.assert_array_equal(driver.decode(strided).mantissa, whole)
    assert len(driver.decode(b"")) == 0


@pytest.mark.parametrize("output", ["shared-exponent", "fixed-point"])
def test_values_follow_the_table_that_is_loaded(output: str):
    scaling = {"output": output, "code_bits": 1, "gain": 0.8}
    built = on_the_fly(rngs=3, width=5, seed=0, scaling=scaling)
    other = on_the_fly(rngs=3, width=5, seed=1, scaling=scaling)
    assert built.parameters.scale_table.base != other.parameters.scale_table.base
    driver = device(built)
    driver.load_seeds(other.parameters.bank.seeds)
    expected = other.stream().window(0, 20)
    frame = driver.decode(octets(other, 0, 20))
    np.testing.assert_array_equal(frame.value.view(np.uint32), expected.value.view(np.uint32))


@pytest.mark.parametrize("name", ["tile", "pool"])
def test_tensors(name: str):
    config, shapes = CONFIGS[name], [(3, 7), 5, (2, 2, 5), (1,)]
    driver = device(config)
    beats = sum(driver.configuration.beats_for(shape) for shape in shapes)
    expected = PerturbationSequence(config.stream(), position=9).next(shapes)
    found = driver.decode(octets(config, 9, beats)).tensors(shapes)
    for tensor, golden in zip(found, expected, strict=True):
        assert tensor.shape == golden.shape
        assert tensor.tobytes() == golden.tobytes()
    with pytest.raises(ArgumentError, match=rf"^shapes = .* shapes of {beats} beats in all$"):
        driver.decode(octets(config, 9, beats)).tensors([*shapes, 1])


def test_half_a_beat():
    with pytest.raises(ArgumentError, match=r"^bytes = 10 .* a multiple of 11, the bytes of a bea"):
        device(CONFIGS["tile"]).decode(bytes(10))


def test_more_elements_than_there_are():
    frame = device(CONFIGS["tile"]).decode(bytes(22))
    with pytest.raises(
        ArgumentError, match=r"^size = 21 is not allowed; allowed: an integer from 0"
    ):
        frame.elements(21)
