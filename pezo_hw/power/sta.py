"""Minimum period and power of a gate-level netlist, by OpenSTA."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..errors import PezoError, first_line
from ..tools.folders import temporary_folder
from ..tools.processes import run
from ..tools.toolchain import OPENSTA
from .activity import Activity
from .gates import Gates
from .liberty import Liberty

_END = "pezo: the end of the script"
_ERROR = re.compile(r"^Error\b", re.MULTILINE)
# It goes on in a unit of its own.
_UNIT = re.compile(r"^Warning: .*?((?:unknown unit|capacitive_load_unit).*)$", re.MULTILINE)
_SLACK = re.compile(r"^worst slack (\S+)$", re.MULTILINE)
_TOTAL = re.compile(r"^Total +(\S+) +(\S+) +(\S+) +(\S+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class CellPower:
    """What gates draw, in watts.

    Attributes
    ----------
    internal, switching, leakage, total : float
        Within the gates, by charging what they drive, by leaking, and together.
    """

    internal: float
    switching: float
    leakage: float
    total: float


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What is at the input pins.

    Enable and reset reach thousands of gates, by a tree of buffers that no netlist has before
    layout. Without one their edges would last for microseconds, and so would those of every gate
    that they reach. So both are held at a level.

    Attributes
    ----------
    clock : str
        The clock's pin.
    levels : mapping of str to int
        The level of every other pin.
    """

    clock: str
    levels: Mapping[str, int]


def minimum_period(gates: Gates, liberty: Liberty, inputs: Inputs, *, period_ns: float) -> float:
    """The shortest clock period in nanoseconds, from flip-flops to flip-flops and to the pins.

    Outputs have to be there for the next edge.

    Parameters
    ----------
    gates : Gates
        The netlist.
    liberty : Liberty
        Its library.
    inputs : Inputs
        What its pins are held at.
    period_ns : float
        A period to measure the slack of.

    Raises
    ------
    PezoError
        Where there is no OpenSTA, or in its words.
    """
    said = _run(gates, liberty, inputs, period_ns, ["report_worst_slack -digits 6"])
    found = _SLACK.search(said)
    slack = _number(found[1] if found else "", "slack")
    # Where there is no path at all, OpenSTA says a slack without end.
    return max(period_ns - slack, 0.0) if abs(slack) < 1e20 else 0.0


def power(
    gates: Gates, liberty: Liberty, inputs: Inputs, activity: Activity, *, period_ns: float
) -> CellPower:
    """The power of the gates; the parameters and errors are those of `minimum_period`.

    ``activity`` is given for every pin of every gate: with that of outputs alone OpenSTA 2.0 counts
    something else. What clock pins draw within the gates it counts twice; it is measured with all
    else at rest, and half of it taken off.
    """
    commands = [
        *_activities(gates, inputs, activity, 1.0),
        "report_power -digits 9",
        *_activities(gates, inputs, activity, 0.0),
        "report_power -digits 9",
    ]
    said = _run(gates, liberty, inputs, period_ns, commands)
    found = _TOTAL.findall(said)
    if len(found) != 2:
        raise PezoError(f"OpenSTA gives no power for {gates.netlist.top}")
    (internal, switching, leakage, _), (of_clock, *_) = (
        [_number(text, "power") for text in report] for report in found
    )
    internal -= of_clock / 2
    if any(activity.transitions.values()) and min(internal, switching) <= 0:
        lacking = "it lacks a voltage (default_operating_conditions) or tables of power"
        raise PezoError(f"OpenSTA gives no power for what switches in {liberty.name}: {lacking}")
    return CellPower(
        internal=internal,
        switching=switching,
        leakage=leakage,
        total=internal + switching + leakage,
    )


def _activities(gates: Gates, inputs: Inputs, activity: Activity, factor: float) -> Iterator[str]:
    """Those of all pins but the clock's, whose own OpenSTA knows; so many times as often."""
    (of_clock,) = (port.bits[0] for port in gates.ports if port.name == inputs.clock)
    for pin, net in gates.pins:
        if net != of_clock:
            rate, high = activity.of(net)
            rate *= factor
            yield f"::sta::set_power_pin_activity [get_pins {{{pin}}}] {rate:.9g} {high:.9g}"


def _run(
    gates: Gates, liberty: Liberty, inputs: Inputs, period_ns: float, commands: list[str]
) -> str:
    program = OPENSTA.find()
    script = [
        "read_liberty cells.lib",
        # Before it they would be of no use: the first library brings its own.
        "set_cmd_units -time ns -power W",
        "read_verilog netlist.v",
        f"link_design {gates.netlist.top}",
        f"create_clock -name clock -period {period_ns:.9g} [get_ports {{{inputs.clock}}}]",
        *(
            f"set_output_delay 0 -clock clock [get_ports {{{port.name}}}]"
            for port in gates.ports
            if port.direction == "output"
        ),
        *(f"set_case_analysis {level} [get_ports {{{n}}}]" for n, level in inputs.levels.items()),
        *commands,
        f"puts {{{_END}}}",
    ]
    with temporary_folder("pezo-sta-") as folder:
        (folder / "cells.lib").write_text(liberty.text, encoding="utf-8")
        (folder / "netlist.v").write_text(gates.verilog(), encoding="utf-8")
        (folder / "script.tcl").write_text("".join(f"{line}\n" for line in script))
        done = run([str(program.path), "-no_splash", "-exit", "script.tcl"], folder)
    said = done.stdout + done.stderr
    if unit := _UNIT.search(said):
        raise PezoError(f"OpenSTA takes {liberty.name} for one in other units: {unit[1].rstrip()}")
    # It goes on after an error, and ends with status 0 whatever happens.
    if done.returncode or _ERROR.search(said) or _END not in said:
        raise PezoError(f"OpenSTA {program.version} failed: {first_line(said, 'Error')}")
    return done.stdout


def _number(text: str, what: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise PezoError(f"OpenSTA gives no {what} ({text or 'nothing'}): the library lacks it")
    return number
