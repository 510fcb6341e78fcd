"""Period and power of two gates, against what is worked out on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.power.activity import Activity
from pezo_hw.power.gates import Gates
from pezo_hw.power.liberty import Liberty
from pezo_hw.power.sta import Inputs, minimum_period, power
from pezo_hw.synth import Netlist
from tests.power.cells import (
    CAPACITANCE,
    DELAY,
    ENERGY,
    NANOWATTS,
    SETUP,
    VOLTS,
    write_liberty,
)

pytestmark = pytest.mark.opensta

CLOCK, STATE, INVERTED = 2, 3, 4
PERIOD_NS = 10.0
INPUTS = Inputs(clock="clk", levels={})


def cell(kind: str, inputs: dict[str, int], output: str, net: int) -> dict[str, object]:
    return {
        "type": kind,
        "parameters": {},
        "port_directions": {**dict.fromkeys(inputs, "input"), output: "output"},
        "connections": {port: [bit] for port, bit in (inputs | {output: net}).items()},
    }


# A flip-flop that takes what an inverter makes of its state.
TOGGLER = {
    "ports": {
        "clk": {"direction": "input", "bits": [CLOCK]},
        "q": {"direction": "output", "bits": [STATE]},
    },
    "cells": {
        "inverter": cell("INV", {"A": STATE}, "Y", INVERTED),
        "state": cell("DFF", {"D": INVERTED, "C": CLOCK}, "Q", STATE),
    },
    "netnames": {},
}


ENABLE = 5
# The same with a gate for the inverter, which an input opens.
ENABLED = {
    "ports": TOGGLER["ports"] | {"en": {"direction": "input", "bits": [ENABLE]}},
    "cells": TOGGLER["cells"]
    | {"inverter": cell("NAND", {"A": STATE, "B": ENABLE}, "Y", INVERTED)},
    "netnames": {},
}


def gates(module: dict[str, object] = TOGGLER) -> Gates:
    design = {"modules": {"toggler": module}}
    return Gates(netlist=Netlist(target="paper", top="toggler", tool="", json=design, verilog=""))


def activity(changes: int) -> Activity:
    """So many changes of both nets in ten cycles."""
    nets = (STATE, INVERTED)
    return Activity(
        cycles=10, transitions=dict.fromkeys(nets, changes), high=dict.fromkeys(nets, 0.5)
    )


@pytest.fixture
def liberty(tmp_path: Path) -> Liberty:
    return Liberty.read(write_liberty(tmp_path))


def test_the_period_is_that_of_the_way_round(liberty: Liberty):
    period = minimum_period(gates(), liberty, INPUTS, period_ns=PERIOD_NS)
    assert period == pytest.approx(2 * DELAY + SETUP, rel=1e-4)


def test_a_pin_that_is_held_opens_and_closes_a_path(liberty: Liberty):
    """Where it is closed, what is left is the way to the output, which must be there in time."""
    for level, expected in ((1, 2 * DELAY + SETUP), (0, DELAY)):
        held = Inputs(clock="clk", levels={"en": level})
        period = minimum_period(gates(ENABLED), liberty, held, period_ns=PERIOD_NS)
        assert period == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("changes", [10, 5, 1])
def test_the_power_is_that_of_every_transition(liberty: Liberty, changes: int):
    found = power(gates(), liberty, INPUTS, activity(changes), period_ns=PERIOD_NS)
    hertz, rate = 1e9 / PERIOD_NS, changes / 10
    femtojoules = rate * (ENERGY["INV"]["Y"] + ENERGY["DFF"]["Q"]) + 2 * ENERGY["DFF"]["C"]
    assert found.internal == pytest.approx(femtojoules * 1e-15 * hertz, rel=1e-4)
    farads = (CAPACITANCE["INV"]["A"] + CAPACITANCE["DFF"]["D"]) * 1e-15
    assert found.switching == pytest.approx(farads * VOLTS**2 / 2 * rate * hertz, rel=1e-4)
    assert found.leakage == pytest.approx((NANOWATTS["INV"] + NANOWATTS["DFF"]) * 1e-9, rel=1e-4)
    assert found.total == found.internal + found.switching + found.leakage


def test_a_library_in_other_units_is_no_other_library(liberty: Liberty, tmp_path: Path):
    """Picofarads for femtofarads and picojoules with them: a thousand times as much."""
    text = liberty.text.replace("(1, ff)", "(1, pf)")
    larger = Liberty(name="larger", text=text)
    small, large = (
        power(gates(), library, INPUTS, activity(10), period_ns=PERIOD_NS)
        for library in (liberty, larger)
    )
    assert large.internal == pytest.approx(1000 * small.internal, rel=1e-4)
    assert large.switching == pytest.approx(1000 * small.switching, rel=1e-4)


def test_the_period_is_in_nanoseconds_whatever_the_librarys_unit(liberty: Liberty):
    """And so is the clock's: a thousand times shorter ways, and the energy of as many edges."""
    quick = Liberty(name="quick", text=liberty.text.replace('"1ns"', '"1ps"'))
    period = minimum_period(gates(), quick, INPUTS, period_ns=PERIOD_NS)
    assert period == pytest.approx((2 * DELAY + SETUP) / 1000, rel=1e-4)
    slow, fast = (
        power(gates(), library, INPUTS, activity(10), period_ns=PERIOD_NS)
        for library in (liberty, quick)
    )
    assert fast.total == pytest.approx(slow.total, rel=1e-4)


@pytest.mark.parametrize(
    ("known", "unknown"), [('"1ns"', '"1parsec"'), ('"1ns"', '"3ns"'), ("(1, ff)", "(1, acre)")]
)
def test_a_unit_that_opensta_does_not_know_is_one_line(liberty: Liberty, known: str, unknown: str):
    """It would take another one, and say so where nobody reads it."""
    other = Liberty(name="other", text=liberty.text.replace(known, unknown))
    with pytest.raises(PezoError, match=r"^OpenSTA takes other for one in other units: .*unit"):
        minimum_period(gates(), other, INPUTS, period_ns=PERIOD_NS)


def test_without_a_voltage_there_is_no_power_rather_than_none_drawn(liberty: Liberty):
    text = liberty.text.replace("  default_operating_conditions : typical;\n", "")
    text = text.replace("operating_conditions (typical)", "wire_load (typical)")
    with pytest.raises(PezoError, match=r"no power for what switches in paper: it lacks a voltage"):
        power(gates(), Liberty(name="paper", text=text), INPUTS, activity(10), period_ns=PERIOD_NS)


def test_what_opensta_refuses_is_one_line(liberty: Liberty):
    text = liberty.text.replace("cell (INV)", "cell (OTHER)").replace("library (", "library ((")
    with pytest.raises(PezoError, match=r"^OpenSTA 2\.0\.\d+ failed: Error: "):
        minimum_period(gates(), Liberty(name="paper", text=text), INPUTS, period_ns=PERIOD_NS)
