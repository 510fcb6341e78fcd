"""Netlists as Verilog of numbers."""

from __future__ import annotations

import pytest

from pezo_hw.power.gates import Gates
from pezo_hw.synth import Netlist

MODULE = {
    "ports": {
        "clk": {"direction": "input", "bits": [2]},
        "en": {"direction": "input", "bits": [3, 4]},
        "q": {"direction": "output", "bits": [5, "1", 6]},
    },
    "cells": {
        "$b\\[1]": {
            "type": "FDRE",
            "parameters": {"INIT": "x1", "MODE": "0 ", "NAME": "ab"},
            "port_directions": {"C": "input", "D": "input", "Q": "output"},
            "connections": {"C": [2], "D": [3, "x"], "Q": [6, 5]},
        },
        "a": {
            "type": "LUT1",
            "parameters": {},
            "port_directions": {"I0": "input", "O": "output", "OPEN": "output"},
            "connections": {"I0": [4], "O": [7], "OPEN": []},
        },
    },
    "netnames": {},
}
TEXT = """\
module top(clk, en, q);
  input clk;
  input [1:0] en;
  output [2:0] q;
  wire n2;
  wire n3;
  wire n4;
  wire n5;
  wire n6;
  wire n7;
  assign n2 = clk;
  assign {n4, n3} = en;
  assign q = {n6, 1'b1, n5};
  FDRE #(.INIT(2'bx1), .MODE("0"), .NAME("ab")) c0 (.C(n2), .D({1'b0, n3}), .Q({n5, n6}));
  LUT1 c1 (.I0(n4), .O(n7));
endmodule
"""


@pytest.fixture
def gates() -> Gates:
    return Gates(
        netlist=Netlist(
            target="", top="top", tool="", json={"modules": {"top": MODULE}}, verilog=""
        )
    )


def test_every_name_but_the_ports_is_a_number(gates: Gates):
    assert gates.verilog() == TEXT


def test_pins_are_the_bits_that_nets_are_at(gates: Gates):
    assert gates.pins == [
        ("c0/C", 2),
        ("c0/D[0]", 3),
        ("c0/Q[0]", 6),
        ("c0/Q[1]", 5),
        ("c1/I0", 4),
        ("c1/O", 7),
    ]


def test_a_net_that_nobody_reads_has_no_driver_to_count(gates: Gates):
    assert {net: cell.type for net, cell in gates.drivers.items()} == {5: "FDRE", 6: "FDRE"}
