"""Counts of a netlist, by hand."""

from pezo_hw.synth import count
from tests.synth.netlists import netlist, register


def test_everything_is_counted_as_what_it_is():
    used = count(
        netlist(
            {
                "small": ("LUT2", {"I0": 2, "I1": 3, "O": 10}),
                "other": ("LUT3", {"I0": 4, "I1": 5, "I2": 6, "O": 11}),
                "large": ("LUT6", {**{f"I{i}": 2 + i for i in range(6)}, "O": 12}),
                "inverter": ("INV", {"I": 12, "O": 13}),
                "carry": ("CARRY4", {"CI": 13, "CO": [14]}),
                "memory": ("RAM32M", {"WCLK": 1, "ADDRA": [2], "O": 15}),
                "half": ("RAMB18E2", {"CLKARDCLK": 1}),
                "whole": ("RAMB36E2", {"CLKARDCLK": 1}),
                "flop": register(10, 16),
                "set": ("FDSE", {"C": 1, "D": 11, "Q": 17}),
            },
            inputs={"clk": [1], "a": list(range(2, 8))},
            outputs={"y": [14, 15, 16, 17]},
        )
    )
    assert used.lut == 1 + 1 + 1 + 1 + 4
    assert used.lut_by_size == {"INV": 1, "LUT2": 1, "LUT3": 1, "LUT6": 1, "RAM32M": 4}
    # Of the three small ones two share a site; the memory's four stay.
    assert used.lut_sites == 2 + 1 + 4
    assert used.ff == 2
    assert used.bram == 1.5
    assert used.bram_by_type == {"RAMB18E2": 1, "RAMB36E2": 1}
    assert used.carry == 1
    assert used.path.cells == ("LUT6", "INV", "CARRY4")


def test_constants_are_no_inputs_of_a_lut():
    cells = {
        "tied": ("LUT4", {"I0": 2, "I1": 3, "I2": "0", "I3": "1", "O": 10}),
        "other": ("LUT3", {"I0": 4, "I1": 5, "I2": 6, "O": 11}),
    }
    used = count(netlist(cells, inputs={"a": list(range(2, 7))}, outputs={"y": [10, 11]}))
    assert (used.lut, used.lut_sites) == (2, 1)
