"""The constants of a device: both drivers open what can be generated, and nothing else."""

from __future__ import annotations

import ctypes
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pezo_hw.config import Config, load, preset_names
from pezo_hw.driver import Bank, Configuration, NotFoundError, read_configuration
from pezo_hw.driver import limits as python_limits
from pezo_hw.driver.on_the_fly import limits as bank_limits
from pezo_hw.driver.pre_generated import limits as pool_limits
from pezo_hw.errors import ConfigError, PezoError
from pezo_hw.generators.on_the_fly import parameters as fly_parameters
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from pezo_hw.generators.pre_generated import parameters as pool_parameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay import options as system_options
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.axi.parameters import AXIParameters
from tests.driver.c_driver import CDevice, CPerturbationDevice
from tests.driver.c_sequence import CSequence
from tests.driver.configs import CONFIGS, on_the_fly, pre_generated
from tests.driver.constants import (
    FIELDS,
    GOOD,
    OFFSETS,
    Constants,
    FixedRegisters,
    mutated,
    with_field,
)
from tests.driver.mock_registers import MockRegisters
from tests.making import generator_of, replay_of
from tests.strategies import on_the_fly as any_on_the_fly
from tests.strategies import pre_generated as any_pool

SMALL = MockRegisters(on_the_fly()).constants
POOL = MockRegisters(pre_generated()).constants
CONSTANT = MockRegisters(CONFIGS["constant"]).constants
FIXED = MockRegisters(CONFIGS["fixed-point"]).constants
COPIES = MockRegisters(CONFIGS["copies"]).constants
COUNTED = MockRegisters(CONFIGS["copies-counted"]).constants
SPLIT = MockRegisters(pre_generated(pool=1040, lanes=1)).constants
FOUR = MockRegisters(CONFIGS["flag"]).constants
# 92 rows are 4 times 23; 2 times 46 have a factor in common.
SHARED = with_field(MockRegisters(CONFIGS["pool-4-by-23"]).constants, "MODULI.modulus_0", 2)

WRONG = [
    # x^4 + x^3 + x^2 + x + 1: of period 5, which divides 15.
    (FOUR, "TAPS.taps", 0b1111, "an integer from 0x8 to 0xf, taps of period"),
    (SHARED, "MODULI.modulus_1", 46, "coprime moduli"),
    (SMALL, "GENERATOR.number_bits", 40, "an integer from 3 to 18"),
    (SMALL, "GENERATOR.number_bits", 2, "an integer from 3 to 18"),
    (POOL, "GENERATOR.number_bits", 25, "an integer from 2 to 24"),
    (SMALL, "GENERATOR.depth", 0, "an integer from 2 to 31"),
    (SMALL, "GENERATOR.depth", 32, "an integer from 2 to 31"),
    (POOL, "GENERATOR.depth", 0, "an integer from 2 to 1048576"),
    (POOL, "GENERATOR.depth", 1, "an integer from 2 to 1048576"),
    (
        SMALL,
        "TAPS.taps",
        0,
        "an integer from 0x10 to 0x1f, taps of period 2^GENERATOR.number_bits - 1",
    ),
    (SMALL, "TAPS.taps", 0x11, "an integer from 0x10 to 0x1f, taps of period"),
    (SMALL, "TAPS.taps", 0x34, "an integer from 0x10 to 0x1f, taps of period"),
    (POOL, "TAPS.taps", 1, "0x0"),
    (
        SMALL,
        "STEPS.steps",
        0,
        "an integer from 1 to 4294967295, coprime to 2^GENERATOR.number_bits - 1",
    ),
    (SMALL, "STEPS.steps", 62, "an integer from 1 to 4294967295, coprime to"),
    (COPIES, "STEPS.steps", 0, "an integer from 1 to 30, coprime to GENERATOR.depth"),
    (COPIES, "STEPS.steps", 31, "an integer from 1 to 30, coprime to GENERATOR.depth"),
    (COUNTED, "STEPS.steps", 7, "an integer from 1 to 27, coprime to GENERATOR.depth"),
    (COPIES, "TAPS.taps", 0, "an integer from 0x10 to 0x1f, taps of period GENERATOR.depth"),
    (COPIES, "TAPS.taps", 0x34, "an integer from 0x10 to 0x1f, taps of period"),
    (COUNTED, "TAPS.taps", 1, "0x0"),
    (COPIES, "GENERATOR.depth", 1, "an integer from 2 to 1048576"),
    (COPIES, "MODULI.modulus_0", 31, "0x0"),
    (COPIES, "BEAT.lanes", 1, "an integer from 2 to 4096, once or twice a number of copies"),
    (COPIES, "BEAT.lanes", 7, "once or twice a number of copies that STEPS.steps is the inverse"),
    (COUNTED, "BEAT.lanes", 20, "once or twice a number of copies"),
    (SMALL, "CAPABILITIES.unused", 1, "0"),
    (SMALL, "WINDOW.tracker_bits", 2, "1"),
    (POOL, "WINDOW.tracker_bits", 1, "0"),
    (SMALL, "WINDOW.words", 7, "8"),
    (SMALL, "WINDOW.words", 9, "8"),
    (POOL, "WINDOW.words", 2, "1"),
    (SMALL, "CAPABILITIES.load_phase", 0, ""),
    (SMALL, "CAPABILITIES.health", 0, ""),
    (POOL, "CAPABILITIES.health", 1, "0"),
    (POOL, "CAPABILITIES.midrise", 1, "0"),
    (POOL, "CAPABILITIES.fixed_point", 1, "0"),
    (POOL, "CAPABILITIES.constant", 1, "0"),
    (CONSTANT, "CAPABILITIES.constant", 0, ""),
    (CONSTANT, "WINDOW.tracker_bits", 1, "0"),
    (CONSTANT, "NUMBER.code_bits", 1, "0"),
    (CONSTANT, "WINDOW.words", 7, "8"),
    (SMALL, "CAPABILITIES.count_bits", 3, "an integer from 4 to 48"),
    (SMALL, "CAPABILITIES.count_bits", 49, "an integer from 4 to 48"),
    (POOL, "CAPABILITIES.count_bits", 1, "an integer from 2 to 48"),
    (SMALL, "NUMBER.code_bits", 0, "an integer from 1 to 8"),
    (SMALL, "NUMBER.code_bits", 9, "an integer from 1 to 8"),
    (POOL, "NUMBER.code_bits", 1, "0"),
    (FIXED, "NUMBER.code_bits", 1, "0"),
    (SMALL, "NUMBER.mantissa_bits", 6, "5"),
    (FIXED, "NUMBER.mantissa_bits", 4, "an integer from 5 to 32"),
    (FIXED, "NUMBER.mantissa_bits", 33, "an integer from 5 to 32"),
    (SMALL, "NUMBER.frac", 5, "4"),
    (POOL, "NUMBER.frac", 9, "an integer from -3 to 8"),
    (POOL, "NUMBER.frac", -4 & 0xFF, "an integer from -3 to 8"),
    (FIXED, "NUMBER.base", 1, "0"),
    (SMALL, "BEAT.slot_bytes", 0, "1"),
    (SMALL, "BEAT.slot_bytes", 2, "1"),
    (SMALL, "BEAT.lanes", 0, "an integer from 1 to 8191"),
    (SMALL, "BEAT.lanes", 8192, "an integer from 1 to 8191"),
    (POOL, "BEAT.lanes", 4097, "an integer from 1 to 4096"),
    (SMALL, "MODULI.modulus_0", 13, "0x0"),
    (POOL, "MODULI.modulus_1", 13, "0x40404040, 0 or in its bytes 2 to 4 coprime moduli"),
    (POOL, "MODULI.modulus_0", 12, "an integer from 0x0 to 0x40404040"),
    (SPLIT, "MODULI.modulus_2", 0, "moduli whose product is GENERATOR.depth"),
    (SPLIT, "MODULI.modulus_0", 0, "moduli"),
    (SPLIT, "MODULI.modulus_1", 26, "moduli"),
    (SPLIT, "MODULI.modulus_3", 1, "moduli"),
]


def c_verdict(library: ctypes.CDLL, constants: Constants) -> tuple | None:
    """What the C driver has against the constants; None where it opens the device."""
    driver = CPerturbationDevice.__new__(CPerturbationDevice)
    driver.mmio = FixedRegisters(constants)
    error = driver.probe_hooked(library)
    wrong = driver.device.wrong
    if error == 0:
        assert wrong.field is None
        return None
    unknown = wrong.field == b"CAPABILITIES.family"
    name = b"PEZO_UNKNOWN_FAMILY" if unknown else b"PEZO_BAD_CONSTANT"
    assert library.pezo_error_name(error) == name
    return wrong.field.decode(), wrong.value, wrong.low, wrong.high, wrong.rule.decode()


def python_verdict(constants: Constants) -> tuple | None:
    """The same of the Python driver."""
    checked: list[tuple] = []
    mocked = pytest.MonkeyPatch()
    mocked.setattr("pezo_hw.driver.opening.check_constants", lambda *found: checked.append(found))
    try:
        read_configuration(FixedRegisters(constants))
    except NotFoundError as error:
        code = constants[0x08] >> 16 & 0xFF
        what, known = str(error).split("; allowed: ")
        assert what == f"CAPABILITIES.family = {code} is unknown to this driver"
        return "CAPABILITIES.family", code, 1, 2, known
    finally:
        mocked.undo()
    for limit in python_limits.limits(*checked[0]):
        if not limit.holds:
            return (limit.field, *(int(v) for v in limit[1:4]), limit.rule)
    return None


@pytest.mark.parametrize(("constants", "field", "value", "allowed"), WRONG)
def test_one_wrong_constant(constants: Constants, field: str, value: int, allowed: str, c_library):
    wrong = with_field(constants, field, value)
    with pytest.raises(NotFoundError) as caught:
        read_configuration(FixedRegisters(wrong))
    message = str(caught.value)
    assert "\n" not in message
    assert " in the device is not allowed; allowed: " in message
    named = message.split(" = ")[0]
    if allowed:
        assert named in (field, field.split(".")[0])
        assert message.split("allowed: ")[1].startswith(allowed) or allowed in message
    assert c_verdict(c_library, wrong)[0] == named


def test_every_field_has_a_limit(c_library):
    """Its bits all ones or all zeros, and neighbours: some value of each is refused."""
    for name, (_, place) in FIELDS.items():
        values = range(1 << place.width) if place.width <= 8 else (0, (1 << place.width) - 1)
        refused = [
            verdict
            for constants in GOOD
            for value in values
            if (verdict := c_verdict(c_library, with_field(constants, name, value)))
        ]
        assert refused, name


@pytest.mark.parametrize("name", CONFIGS)
def test_the_mock_has_the_constants_of_the_hardware(name: str):
    constants = AXIParameters.of(CONFIGS[name]).constants
    words = dict.fromkeys(OFFSETS, 0)
    for field, (offset, place) in FIELDS.items():
        words[offset] |= (constants[field] << place.low) & place.mask
    assert {o: w for o, w in MockRegisters(CONFIGS[name]).constants.items() if o in words} == words


@pytest.mark.parametrize("name", preset_names())
def test_presets(name: str, c_library):
    config = load(name)
    try:
        AXIParameters.of(config)
    except ConfigError:
        return
    assert both_open(MockRegisters(config).constants, c_library)


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.one_of(any_on_the_fly(widest=12), any_pool()),
    load=st.sampled_from(system_options.LOADS),
    health=st.sampled_from(system_options.HEALTHS),
    count_bits=st.integers(2, 48),
)
def test_what_can_be_generated_is_opened(drawn, load, health, count_bits, c_library):
    options = SystemOptions(load=load, health=health, count_bits=count_bits)
    config = Config(name="x", generator=generator_of(drawn[0]), system=options)
    try:
        config.require_hardware()
        AXIParameters.of(config)
    except PezoError:
        return
    assert both_open(MockRegisters(config).constants, c_library)


def test_the_largest_and_smallest_are_opened(c_library):
    for config in (
        on_the_fly(rngs=2, width=3, load="phase", count_bits=4),
        on_the_fly(rngs=2, width=18, steps_per_cycle=2**32 - 1 - 2**12, load="none"),
        pre_generated(pool=1, lanes=1, width=2, load="phase", count_bits=2),
        pre_generated(pool=2, lanes=1, width=24, count_bits=48),
        pre_generated(pool=8192, lanes=8192, width=8, load="none"),
        *(on_the_fly(rngs=rngs, width=8) for rngs in (26, 27, 28, 29, 32, 33)),
        pre_generated(pool=633360, lanes=1, width=2, load="none"),
        on_the_fly(lanes=4095, scaling={"gain": 1e-38}, width=14, rngs=3, load="none"),
    ):
        assert both_open(MockRegisters(config).constants, c_library)


def both_open(constants: Constants, c_library: ctypes.CDLL) -> bool:
    return python_verdict(constants) is None and c_verdict(c_library, constants) is None


def test_both_drivers_say_the_same(c_library):
    draw, opened = random.Random(20), 0
    for _ in range(6000):
        constants = mutated(draw)
        verdict = python_verdict(constants)
        assert c_verdict(c_library, constants) == verdict
        opened += verdict is None
        if verdict is None:
            assert_it_can_be_generated(read_configuration(FixedRegisters(constants)))
    assert 600 < opened < 5400


def assert_it_can_be_generated(found: Configuration) -> None:
    """What was opened is what a configuration gives, but for what its numbers decide."""
    is_bank = isinstance(found.shape, Bank)
    parameters = rngs_of(found) if is_bank else pool_of(found)
    loads = ("none", "phase", "contents")[found.load_phase + found.load_contents]
    health = ("none", "flag", "reload")[found.health + found.reload]
    options = SystemOptions(load=loads, health=health, count_bits=found.count_bits)
    replay = replay_of(parameters, options)
    assert found.window_words == replay.lead
    if is_bank:
        assert found.tracker_bits == parameters.entry_bits
        plain = parameters.state_format
        if not found.fixed_point:
            assert (found.mantissa_bits, found.frac) == (plain.bits, plain.frac)
            assert parameters.code_bits == found.code_bits
    elif found.moduli and found.load_phase:
        assert sorted(found.moduli) == list(parameters.address_sequence.moduli)


def rngs_of(found: Configuration) -> OnTheFlyParameters:
    shape = found.shape
    scaling = {
        "mode": "constant" if found.constant else "adaptive",
        "output": "fixed-point" if found.fixed_point else "shared-exponent",
        "code_bits": found.code_bits or 2,
    }
    return OnTheFlyParameters(
        rngs=shape.rngs,
        width=shape.width,
        taps=shape.taps,
        steps_per_cycle=shape.steps_per_cycle,
        format="midrise" if shape.midrise else "twos-complement",
        lanes=shape.lanes,
        scaling=ScalingParameters(**scaling),
    )


def pool_of(found: Configuration) -> PreGeneratedParameters:
    shape = found.shape
    leftover = "number" if found.unused else "row"
    if not shape.in_copies:
        pool = shape.depth * shape.lanes
        return PreGeneratedParameters(
            pool=pool, width=shape.width, lanes=shape.lanes, leftover=leftover, storage="rows"
        )
    copies = pow(shape.steps_a_number, -1, shape.depth)
    ports = 1 if shape.lanes % shape.depth == copies else 2
    keys = {"pool": shape.depth, "width": shape.width, "lanes": shape.lanes, "ports": ports}
    return PreGeneratedParameters(**keys, leftover=leftover, storage="copies")


def test_the_limits_are_those_of_the_parameters():
    assert bank_limits.WIDTHS == (fly_parameters.NARROWEST, fly_parameters.WIDEST)
    assert pool_limits.WIDTHS == (pool_parameters.NARROWEST, pool_parameters.WIDEST)
    assert pool_limits.LARGEST_POOL == pool_parameters.LARGEST_POOL
    assert python_limits.WIDEST_WORD == system_options.LOAD_WORD_BITS
    assert python_limits.WIDEST_WORD == fly_parameters.WIDEST_OUTPUT
    assert python_limits._WIDEST_COUNT == system_options.WIDEST_COUNT
    assert OnTheFlyParameters().bank_latency == bank_limits.TABLE_LATENCY


def test_a_device_that_was_refused_can_do_nothing(c_library):
    """Also where its caller overlooks the error."""
    driver = CPerturbationDevice.__new__(CPerturbationDevice)
    driver.mmio = FixedRegisters(with_field(POOL, "GENERATOR.depth", 0))
    assert driver.probe_hooked(c_library) != 0
    device: CDevice = driver.device
    before = driver.mmio.accesses
    assert driver.beats_for(10) == 10
    assert driver.beat_bytes() == 0
    assert c_library.pezo_most_beats_of_dma(ctypes.byref(driver.config), 26) == 0
    for call in (
        *(lambda: driver.new(1), lambda: driver.load_phase(3, [1]), driver.faults),
        *(lambda: driver.load_position(3, [1]), lambda: CSequence(driver, 1, most_beats=1)),
    ):
        with pytest.raises(Exception, match=r"PEZO_(BAD_ARGUMENT|UNSUPPORTED)"):
            call()
    assert driver.mmio.accesses == before
    assert device.config.family == 0
