"""Templates."""

import pytest

from pezo_hw.vivado.text import fill


def test_a_name_without_a_value_is_an_error():
    with pytest.raises(KeyError, match="clock"):
        fill("constraints.xdc", top="x", mhz="1")


def test_what_looks_like_one_stays():
    values = {"top": "x", "beats": 4, "width": 8, "golden": "g", "pins": "", "stalls": ""}
    text = fill("testbench_stream.sv", **values)
    assert "always @(posedge clk)" in text
    assert "@{" not in text
