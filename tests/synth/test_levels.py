"""Logic levels, counted by hand."""

import pytest

from pezo_hw import PezoError
from pezo_hw.synth import longest_path
from tests.synth.netlists import netlist, register


def test_two_luts_between_registers_are_two_levels_and_the_path_is_named():
    path = longest_path(
        netlist(
            {
                "first": register(2, 10),
                "near": ("LUT1", {"I0": 10, "O": 11}),
                "far": ("LUT2", {"I0": 11, "I1": 10, "O": 12}),
                "last": register(12, 13),
            },
            inputs={"clk": [1], "d": [2]},
            outputs={"q": [13]},
        )
    )
    assert path.levels == 2
    assert str(path) == "first_Q.Q → LUT1 → LUT2 → q.D"


def test_a_register_in_between_cuts_the_path():
    cells = {
        "lut_a": ("LUT1", {"I0": 2, "O": 10}),
        "cut": register(10, 11),
        "lut_b": ("LUT1", {"I0": 11, "O": 12}),
        "end": register(12, 13),
    }
    path = longest_path(netlist(cells, inputs={"clk": [1], "d": [2]}, outputs={"q": [13]}))
    assert path.levels == 1


def test_ports_start_and_end_paths():
    cells = {"lut": ("LUT2", {"I0": 3, "I1": 2, "O": 10})}
    path = longest_path(netlist(cells, inputs={"a": [2, 3]}, outputs={"y": [10]}))
    assert path.levels == 1
    assert (path.start, path.end) == ("input a[1]", "output y")


def test_an_enable_ends_a_path_like_data_does():
    cells = {
        "lut_a": ("LUT1", {"I0": 2, "O": 10}),
        "lut_b": ("LUT1", {"I0": 10, "O": 11}),
        "gated": register(2, 12, enable=11),
    }
    path = longest_path(netlist(cells, inputs={"clk": [1], "d": [2]}, outputs={"q": [12]}))
    assert (path.levels, path.end) == (2, "q.CE")


def test_wide_multiplexers_and_carries_are_levels_too():
    cells = {
        "lut": ("LUT6", {f"I{i}": 2 + i for i in range(6)} | {"O": 10}),
        "mux": ("MUXF7", {"I0": 10, "I1": "0", "S": 2, "O": 11}),
        "carry": ("CARRY4", {"CI": 11, "CO": [12, 13, 14, 15]}),
    }
    path = longest_path(netlist(cells, inputs={"a": list(range(2, 8))}, outputs={"y": [15]}))
    assert path.cells == ("LUT6", "MUXF7", "CARRY4")


def test_a_block_ram_starts_and_ends_paths():
    cells = {
        "before": ("LUT1", {"I0": 2, "O": 10}),
        "ram": ("RAMB18E2", {"CLKARDCLK": 1, "ADDRARDADDR": [10], "DOUTADOUT": [11]}),
        "after": ("LUT1", {"I0": 11, "O": 12}),
    }
    path = longest_path(netlist(cells, inputs={"clk": [1], "a": [2]}, outputs={"y": [12]}))
    assert path.levels == 1


def test_a_lut_memory_reads_through_its_address_alone():
    cells = {
        "data": ("LUT1", {"I0": 2, "O": 10}),
        "data_too": ("LUT1", {"I0": 10, "O": 11}),
        "memory": ("RAM32X1D", {"WCLK": 1, "D": 11, "DPRA0": 3, "O": 12}),
    }
    path = longest_path(netlist(cells, inputs={"clk": [1], "a": [2, 3]}, outputs={"y": [12]}))
    assert (path.levels, path.end) == (2, "memory.D")


def test_wires_alone_are_no_level():
    path = longest_path(netlist({}, inputs={"a": [2]}, outputs={"y": [2]}))
    assert (path.levels, str(path)) == (0, "input a → output a")


def test_a_constant_cell_is_no_level():
    path = longest_path(netlist({"one": ("VCC", {"O": 5})}, inputs={}, outputs={"y": [5]}))
    assert path.levels == 0


def test_a_loop_is_refused_by_name():
    cells = {
        "a": ("LUT1", {"I0": 11, "O": 10}),
        "b": ("LUT1", {"I0": 10, "O": 11}),
    }
    with pytest.raises(PezoError, match=r"loop without a register: .*(a → b|b → a)"):
        longest_path(netlist(cells, inputs={}, outputs={"y": [11]}))
