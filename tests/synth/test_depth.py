"""Which of two mappings counts."""

from __future__ import annotations

import pytest

from pezo_hw.synth.depth import MOST_LEVELS, least_deep
from pezo_hw.synth.netlist import Netlist


def chain(levels: int, beside: int = 0) -> Netlist:
    """A row of inverters from a pin to a pin, and so many look-up tables beside it."""
    cells = {f"c{i}": _inverter(2 + i, 3 + i) for i in range(levels)}
    cells |= {f"d{i}": _inverter(2, 1000 + i) for i in range(beside)}
    ports = {
        "a": {"direction": "input", "bits": [2]},
        "b": {"direction": "output", "bits": [2 + levels]},
    }
    names = {name: {"hide_name": 0, "bits": port["bits"]} for name, port in ports.items()}
    module = {"ports": ports, "cells": cells, "netnames": names}
    return Netlist(target="xcup", top="top", tool="", json={"modules": {"top": module}}, verilog="")


def _inverter(read: int, driven: int) -> dict[str, object]:
    return {
        "type": "LUT1",
        "parameters": {},
        "port_directions": {"I0": "input", "O": "output"},
        "connections": {"I0": [read], "O": [driven]},
    }


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        ((MOST_LEVELS + 2, 15), (MOST_LEVELS + 1, 16), True),
        ((MOST_LEVELS + 2, 15), (MOST_LEVELS + 1, 18), True),
        ((MOST_LEVELS + 2, 15), (MOST_LEVELS + 1, 19), False),
        ((MOST_LEVELS + 2, 15), (MOST_LEVELS + 2, 14), True),
        ((MOST_LEVELS + 2, 15), (MOST_LEVELS + 2, 15), False),
        ((MOST_LEVELS + 2, 15), (MOST_LEVELS + 3, 5), False),
    ],
)
def test_fewer_levels_come_first_for_a_tenth_more_luts_at_most(first, second, taken):
    mapped, again = chain(*first), chain(*second)
    assert least_deep(mapped, lambda: again) is (again if taken else mapped)


def test_what_is_not_deep_is_not_mapped_again():
    mapped = chain(MOST_LEVELS)
    assert least_deep(mapped, lambda: pytest.fail("mapped again")) is mapped
