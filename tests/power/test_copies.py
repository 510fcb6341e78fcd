"""A few copies of what a design has many of."""

from __future__ import annotations

import re

import pytest

from pezo_hw.generators.gaussian.tree.rtl import core
from pezo_hw.power.copies import number_of_copies, with_copies
from pezo_hw.synth import count, depth, mapping, synthesise
from tests.emission import emitted

TREE = """
[perturbation]
strategy = "gaussian"
[gaussian]
generator = "tree"
lanes = 3
"""
# What the registers of a lane have, and the one that says whether the numbers are valid.
LANE = "pezo_case__lanes"
BITS_OF_A_LANE, BITS_OF_ALL = 68, 1


@pytest.fixture
def verilog(monkeypatch: pytest.MonkeyPatch) -> str:
    """A source of three lanes, which are taken for many."""
    monkeypatch.setattr(core, "SLICE", 1)
    monkeypatch.setattr(mapping, "FEWEST", 3)
    return emitted(TREE).files["pezo_case.v"]


def test_copies_are_counted_where_there_are_many(verilog: str, monkeypatch: pytest.MonkeyPatch):
    assert number_of_copies(verilog) == 3
    monkeypatch.setattr(mapping, "FEWEST", 4)
    assert number_of_copies(verilog) == 1


@pytest.mark.slow
def test_what_only_the_others_need_goes_with_them(verilog: str, monkeypatch: pytest.MonkeyPatch):
    # The lane is deep; how it is mapped for few levels as well is none of this.
    monkeypatch.setattr(depth, "MOST_LEVELS", 1000)
    luts = []
    for number in (1, 2):
        few = with_copies(verilog, {}, "pezo_case", number)
        assert re.findall(r"^module (\w+)", few, re.MULTILINE) == ["pezo_case", LANE]
        used = count(synthesise(few, {}, "pezo_case", "xcup", once=[LANE]))
        assert used.ff == number * BITS_OF_A_LANE + BITS_OF_ALL
        luts.append(used.lut)
    # A lane is mapped once; common to all is what says when the numbers are valid.
    assert luts[1] == pytest.approx(2 * luts[0], abs=2)
