"""What a driver reads out of the constants."""

from __future__ import annotations

import ctypes

import pytest

from pezo_hw.driver import ArgumentError, Bank, NotFoundError, read_configuration
from pezo_hw.driver.families import family_with
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.systems.replay.parameters import ReplayParameters
from tests.driver.c_driver import CError, CPerturbationDevice
from tests.driver.configs import CONFIGS, on_the_fly
from tests.driver.mock_registers import MockRegisters

UNUSED = ("copies", "copies-counted", "copies-of-the-paper")


def test_what_fits_a_dma(c_library):
    """2^14 - 1 bytes as the DMA comes, 2^26 - 1 as it can be: by hand, 8 bytes a beat."""
    found = read_configuration(MockRegisters(CONFIGS["padded"]))
    assert [found.fits_dma(beats, 14) for beats in (1, 2047, 2048)] == [True, True, False]
    assert [found.fits_dma(beats) for beats in (2**23 - 1, 2**23)] == [True, False]
    driver = CPerturbationDevice(c_library, MockRegisters(CONFIGS["padded"]))
    for bits in (0, 2, 3, 14, 26, 63, 64):
        room = ctypes.byref(driver.config), ctypes.c_uint32(bits)
        most = c_library.pezo_most_beats_of_dma(*room)
        assert most == found.most_beats_of_dma(bits) == (2**bits - 1) // 8
        for beats in (1, 2047, 2048, 2**23 - 1, 2**23, 2**32, most, most + 1):
            fits = c_library.pezo_fits_dma(room[0], ctypes.c_uint64(beats), room[1])
            assert fits == found.fits_dma(beats, bits)
    assert c_library.pezo_most_beats_of_dma(room[0], 2**32 - 1) == found.most_beats_of_dma(64)
    for wrong in (-1, 65, 14.0, "14"):
        with pytest.raises(ArgumentError, match=r"length_bits = .* an integer from 0 to 64"):
            found.fits_dma(1, wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CONFIGS)
def test_python_reads_the_parameters(name: str):
    config = CONFIGS[name]
    parameters, found = config.parameters, read_configuration(MockRegisters(config))
    assert found.version == (1, 0, 0)
    assert found.shape.strategy == config.generator.strategy
    assert found.family_code == config.generator.family_code
    assert (found.shape.width, found.shape.lanes) == (parameters.width, parameters.lanes)
    assert found.mantissa_bits == parameters.fixed_point.bits
    assert (found.frac, found.code_bits) == (parameters.fixed_point.frac, parameters.code_bits)
    filled = found.slot_bytes * (parameters.lanes + bool(parameters.code_bits))
    bytes_of = {"padded": 8, "pool-padded": 32}
    assert found.beat_bytes == bytes_of.get(name, filled)
    assert found.load_phase == config.system.loads
    assert found.load_contents == config.system.loads_contents
    assert (found.health, found.reload) == (config.system.checks_health, config.system.reloads)
    if isinstance(parameters, OnTheFlyParameters):
        assert found.shape.rngs == parameters.rngs
        assert found.shape.taps == parameters.lfsr.taps
        assert found.shape.steps_per_cycle == parameters.steps_per_cycle
        assert found.shape.midrise == (parameters.format == "midrise")
        family = family_with(found.family_code)
        assert family.table_base(found) == parameters.base
        assert found.constant == (parameters.scaling.mode == "constant")
        assert found.window_words == ReplayParameters.of(config).lead
    elif parameters.stores_rows:
        assert found.shape.depth == parameters.rows
        assert (found.shape.in_copies, found.unused) == (False, False)
    else:
        assert found.shape.depth == parameters.pool
        assert found.shape.in_copies
        assert found.shape.taps == parameters.copies.order.taps
        assert found.shape.steps_a_number == parameters.copies.order.steps_a_number
        assert found.unused == (name in UNUSED)


@pytest.mark.parametrize("name", CONFIGS)
def test_c_reads_what_python_reads(name: str, c_library):
    mock = MockRegisters(CONFIGS[name])
    found = read_configuration(mock)
    c = CPerturbationDevice(c_library, mock).config
    assert c.family == found.family_code
    for flag in ("fixed_point", "constant", "load_phase", "load_contents", "health", "reload"):
        assert getattr(c, flag) == getattr(found, flag)
    assert c.unused == found.unused
    for number in ("most_beats", "slot_bytes", "mantissa_bits", "frac", "code_bits"):
        assert getattr(c, number) == getattr(found, number)
    assert c.base == family_with(found.family_code).table_base(found)
    for number in ("window_words", "tracker_bits"):
        assert getattr(c, number) == getattr(found, number)
    shape = found.shape
    assert (c.number_bits, c.lanes) == (shape.width, shape.lanes)
    if isinstance(shape, Bank):
        assert (c.depth, c.midrise, c.tap_mask) == (shape.rngs, shape.midrise, shape.tap_mask)
        assert c.steps == shape.steps_per_cycle
    else:
        mask = shape.address_register.tap_mask
        assert (c.depth, c.midrise, c.tap_mask) == (shape.depth, False, mask)
        assert c.steps == shape.steps_a_number
    moduli = tuple(byte for byte in c.moduli.to_bytes(4, "little") if byte)
    assert moduli == found.moduli


def test_beats_of_a_tensor(c_library):
    mock = MockRegisters(CONFIGS["tile"])
    configuration = read_configuration(mock)
    device = CPerturbationDevice(c_library, mock)
    for size, beats in ((1, 1), (10, 1), (11, 2), ((3, 7), 3), ((784, 128), 10036)):
        assert configuration.beats_for(size) == beats
    for elements in (2**32 * 10 + 1, 2**63, 2**64 - 1):
        assert device.beats_for(elements) == -(-elements // 10) > 2**32
    for elements, beats in ((1, 1), (10, 1), (11, 2), (100352, 10036)):
        assert device.beats_for(elements) == beats
    for size in (0, -1, (3, 0), "784", 1.5):
        with pytest.raises(ValueError, match="size = "):
            configuration.beats_for(size)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bits", "most"), [(12, 4096), (31, 2**31), (32, 2**32 - 1), (33, 2**32 - 1), (48, 2**32 - 1)]
)
def test_the_most_beats(bits: int, most: int, c_library):
    mock = MockRegisters(on_the_fly(count_bits=bits))
    assert read_configuration(mock).most_beats == most
    assert CPerturbationDevice(c_library, mock).config.most_beats == most


def test_negative_fraction_bits():
    config = CONFIGS["pool-of-large-numbers"]
    assert config.parameters.fixed_point.frac < 0
    assert read_configuration(MockRegisters(config)).frac == config.parameters.fixed_point.frac


def test_somebody_elses_registers(c_library):
    mock = MockRegisters(on_the_fly())
    mock.constants[0x00] = 0xDEADBEEF
    with pytest.raises(NotFoundError, match=r"^ID = 0xdeadbeef: .*; allowed: 0x50455a4f$"):
        read_configuration(mock)
    with pytest.raises(CError, match="PEZO_NOT_FOUND"):
        CPerturbationDevice(c_library, mock)


def test_a_later_register_map(c_library):
    mock = MockRegisters(on_the_fly())
    mock.constants[0x04] = 2 << 16 | 7 << 8 | 1
    with pytest.raises(NotFoundError, match=r"^VERSION = 2\.7\.1 .*; allowed: 1\.x\.x$"):
        read_configuration(mock)
    with pytest.raises(CError, match="PEZO_UNKNOWN_VERSION"):
        CPerturbationDevice(c_library, mock)
    mock.constants[0x04] = 1 << 16 | 9 << 8
    assert read_configuration(mock).version == (1, 9, 0)
    CPerturbationDevice(c_library, mock)
