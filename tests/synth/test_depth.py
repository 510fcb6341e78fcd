"""Which of two mappings counts."""

from __future__ import annotations

import pytest

from pezo_hw.synth.depth import MOST_LEVELS, better_mapping
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


# LUTs and levels of both mappings, and whether the second is taken: for few LUTs, for few levels.
DEEP = MOST_LEVELS + 2
TAKEN = [
    ((DEEP, 15), (DEEP - 1, 16), True, True),
    ((DEEP, 15), (DEEP - 1, 18), False, True),
    ((DEEP, 15), (DEEP - 1, 19), False, False),
    ((DEEP, 15), (DEEP, 14), True, True),
    ((DEEP, 15), (DEEP, 15), False, False),
    ((DEEP, 15), (DEEP + 1, 5), True, False),
    ((DEEP, 15), (DEEP + 1, 14), False, False),
]


@pytest.mark.parametrize(("first", "second", "for_few_luts", "for_few_levels"), TAKEN)
def test_which_mapping_counts_goes_by_what_matters(first, second, for_few_luts, for_few_levels):
    """A chain has a LUT for each level, and so many more beside it."""
    mapped, again = chain(*first), chain(*second)
    for few_levels, taken in ((False, for_few_luts), (True, for_few_levels)):
        found = better_mapping(mapped, lambda: again, few_levels=few_levels)
        assert found is (again if taken else mapped), few_levels


@pytest.mark.parametrize("few_levels", [False, True])
def test_what_is_not_deep_is_not_mapped_again(few_levels: bool):
    mapped = chain(MOST_LEVELS)
    again = lambda: pytest.fail("mapped again")  # noqa: E731
    assert better_mapping(mapped, again, few_levels=few_levels) is mapped
