"""Slots, constants, and what does not fit a register."""

import pytest

from pezo_hw import ConfigError, load
from pezo_hw.config import parse
from pezo_hw.registers import register_map
from pezo_hw.systems.axi.parameters import AXIParameters
from tests.cases import BOTH, OTF, PRE


@pytest.mark.parametrize(
    ("preset", "slot_bytes", "bits"),
    [
        ("paper-roberta", 1, 256),
        ("paper-opt", 2, 512),
        ("row-pool", 2, 720),
        ("paper-pool", 2, 128),
    ],
)
def test_slots(preset: str, slot_bytes: int, bits: int):
    axi = AXIParameters.of(load(preset))
    assert (axi.slot_bytes, axi.stream_bits) == (slot_bytes, bits)


def test_a_number_of_more_than_two_bytes_takes_four():
    axi = AXIParameters.of(parse(PRE + "pool = 24\nlanes = 8\nwidth = 17\n", name="case"))
    assert (axi.slot_bytes, axi.stream_bits) == (4, 256)


@pytest.mark.parametrize("name", [name for name in BOTH if name != "still"])
def test_constants_fill_exactly_what_the_map_leaves_open(name: str):
    """Every field without a reset value is a constant or something that happens; each fits."""
    constants = AXIParameters.of(parse(BOTH[name], name=name)).constants
    fields = {f"{r.name}.{f.name}": f for r in register_map().registers for f in r.fields}
    happens = {"STATUS.ready", "STATUS.busy"}
    happens |= {"PERTURBATIONS.perturbations", "TRANSFERS.transfers"}
    still_open = {name for name, field in fields.items() if field.reset is None}
    assert still_open - set(constants) == happens
    for field, value in constants.items():
        bits = fields[field].width
        assert -(1 << bits - 1) <= value < 1 << bits


def test_options_turn_their_fields_on():
    text = OTF + 'rngs = 3\nwidth = 4\n[system]\nload = "contents"\nhealth = "reload"\n'
    constants = AXIParameters.of(parse(text, name="case")).constants
    assert not any(name.startswith(("STATUS", "INTERRUPT", "HEALTH")) for name in constants)
    assert constants["CAPABILITIES.load_contents"] == constants["CAPABILITIES.reload"] == 1


@pytest.mark.parametrize("gain", [1e-60, 1e60])
def test_a_base_that_fits_no_byte(gain: float):
    config = parse(OTF + f"rngs = 3\nwidth = 4\n[scaling]\ngain = {gain}\n", name="case")
    with pytest.raises(ConfigError, match=r"scaling\.gain = 1e.60 is not allowed; allowed: a gain"):
        AXIParameters.of(config)


def test_steps_that_fit_no_register():
    config = parse(OTF + "rngs = 3\nwidth = 4\nsteps_per_cycle = 4294967297\n", name="case")
    with pytest.raises(ConfigError, match="steps_per_cycle"):
        AXIParameters.of(config)


def test_rows_that_five_counters_address():
    text = PRE + "pool = 633360\nlanes = 1\nwidth = 4\n"
    constants = AXIParameters.of(parse(text, name="case")).constants
    assert constants["GENERATOR.depth"] == 633_360
    with pytest.raises(ConfigError, match=r"system\.load"):
        AXIParameters.of(parse(text + '[system]\nload = "phase"\n', name="case"))
