"""Registers that move into ECP5's block RAM, and those that must stay."""

import copy
from typing import Any

import pytest

from pezo_hw.synth.output_register import absorb_output_registers
from tests.synth.netlists import netlist


def ram_and_register() -> dict[str, Any]:
    """A RAM (clock 1, enable 2) whose one used output feeds a flip-flop with the same controls."""
    outputs = {f"DOA{bit}": 100 + bit for bit in range(18)}
    outputs |= {f"DOB{bit}": 200 + bit for bit in range(18)}
    pins = {"CLKA": 1, "CLKB": "0", "CEA": 2, "OCEA": "1", "OCEB": "1", **outputs}
    flop = {"CLK": 1, "CE": 2, "LSR": "0", "DI": 100, "Q": 50}
    module = netlist(
        {"ram": ("DP16KD", pins), "flop": ("TRELLIS_FF", flop)},
        inputs={"clk": [1], "en": [2], "en_too": [3]},
        outputs={"q": [50]},
        target="ecp5",
    ).json["modules"]["top"]
    module["cells"]["ram"]["parameters"] = {"REGMODE_A": "NOREG", "REGMODE_B": "NOREG"}
    module["cells"]["flop"]["parameters"] = {
        "CEMUX": "CE",
        "CLKMUX": "CLK",
        "LSRMUX": "LSR",
        "REGSET": "RESET",
    }
    return copy.deepcopy(module)


def test_the_register_moves_with_its_enable():
    module = ram_and_register()
    assert absorb_output_registers(module) == 1
    assert set(module["cells"]) == {"ram"}
    ram = module["cells"]["ram"]
    assert ram["parameters"] == {"REGMODE_A": "OUTREG", "REGMODE_B": "NOREG"}
    assert ram["connections"]["OCEA"] == [2]
    assert ram["connections"]["OCEB"] == ["1"]
    assert ram["connections"]["DOA0"] == [50]


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("connections", "CLK", [3]),
        ("connections", "LSR", [3]),
        ("parameters", "CLKMUX", "INV"),
        ("parameters", "REGSET", "SET"),
        ("parameters", "CEMUX", "INV"),
    ],
)
def test_a_register_that_does_something_else_stays(part: str, name: str, value: Any):
    module = ram_and_register()
    module["cells"]["flop"][part][name] = value
    assert absorb_output_registers(module) == 0
    assert module["cells"]["ram"]["parameters"]["REGMODE_A"] == "NOREG"


def test_a_second_reader_keeps_the_register_outside():
    module = ram_and_register()
    module["ports"]["early"] = {"direction": "output", "bits": [100]}
    assert absorb_output_registers(module) == 0


def test_two_registers_with_different_enables_stay():
    module = ram_and_register()
    second = copy.deepcopy(module["cells"]["flop"])
    second["connections"] |= {"DI": [101], "Q": [51], "CE": [3]}
    module["cells"]["second"] = second
    assert absorb_output_registers(module) == 0
    assert set(module["cells"]) == {"ram", "flop", "second"}
