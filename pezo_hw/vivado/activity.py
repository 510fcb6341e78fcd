"""How often each net switches at full throughput: a SAIF file from Verilator."""

from __future__ import annotations

import re
from pathlib import Path

from ..config import Config
from ..emit import EmittedCore
from ..errors import PezoError
from ..systems.registry import SYSTEMS
from ..tools.completeness import complete_saif
from ..tools.files import fill_template, write_files
from ..tools.folders import temporary_folder
from ..tools.processes import run_checked
from ..tools.simulation import Simulation
from .design import Design
from .out_of_context import ClockParameters

CYCLES = 4096
_FOLDER = Path(__file__).parent / "templates"
_SCOPE = "TOP"
INSTANCE = f"{_SCOPE}/{{top}}"
_TRANSITIONS = re.compile(r"\(TC (\d+)\)")
_HEAD = re.compile(r"\A//[^\n]*\n")
# The program runs for milliseconds: what takes time is to build it.
_QUICK = ("-O0",)


def simulate_activity(
    core: EmittedCore,
    config: Config,
    design: Design,
    clock: ClockParameters,
    cycles: int = CYCLES,
) -> str:
    """The SAIF file of so many clock cycles, the first of which shows cycle 0 of the stream.

    Nothing waits: ``en`` or ``ready`` is high, and commands follow one another, each perturbation
    of `PERTURBATION` beats (or as many as there can be) three times. The first level of a net is no
    transition. The design is the instance `INSTANCE`.

    Raises
    ------
    PezoError
        Where Verilator or the compiler is missing, too old or fails.
    """
    try:
        return record_activity(core, config, design, clock, cycles)
    except PezoError as error:
        raise PezoError(f"switching activity: {error}; without it: --no-saif") from None


def record_activity(
    core: EmittedCore, config: Config, design: Design, clock: ClockParameters, cycles: int
) -> str:
    """What `simulate_activity` gives, of whatever Verilog ``core`` has in the place of its own.

    Raises
    ------
    PezoError
        In the words of whatever is missing or fails.
    """
    with temporary_folder() as folder:
        write_files(folder, core.files)
        program = _simulation(config, design).build(folder)
        texts = [_simulate(program, count, clock.period_ps) for count in (0, cycles)]
    return _without_first_levels(*texts)


def _program(config: Config, design: Design) -> str:
    system = SYSTEMS[design.system].activity(config)
    return fill_template(
        _FOLDER / "activity.cpp",
        top=design.top,
        driver=fill_template(system.template, **system.values),
        clock=design.clock,
        reset=design.reset,
        reset_active=int(not design.reset_is_low),
        reset_idle=int(design.reset_is_low),
        scope=_SCOPE,
        idle="".join(
            f"    top.{_cpp_name(port.name)} = 0;\n"
            for port in design.ports
            if port.direction == "input"
        ),
    )


def _cpp_name(name: str) -> str:
    """A pin's name in the C++ that Verilator writes."""
    return name.replace("__", "___05F")


def _simulation(config: Config, design: Design) -> Simulation:
    # Wide buses are left out of a trace by default.
    tracing = ("--trace-saif", "--trace-max-width", "0")
    return Simulation(
        top=design.top,
        sources=(design.verilog,),
        main=_program(config, design),
        options=(*tracing, "--timescale", "1ps/1ps", "-Wno-fatal"),
        compiler_options=_QUICK,
    )


def _simulate(program: Path, cycles: int, period_ps: int) -> str:
    """The SAIF file as Verilator writes it, but for a comment and a space that the format has."""
    folder = program.parents[1]
    run_checked([str(program), "activity.saif", str(cycles), str(period_ps)], folder)
    text = complete_saif(folder / "activity.saif", "the simulation")
    return _HEAD.sub("", text).replace("(TIMESCALE 1ps)", "(TIMESCALE 1 ps)")


def _without_first_levels(levels: str, activity: str) -> str:
    """The activity without the transitions that are only what the nets start from.

    Verilator takes every net to be low before the first moment; ``levels``, a run of no cycle at
    all, has exactly what this adds.
    """
    surplus = (int(count) for count in _TRANSITIONS.findall(levels))
    return _TRANSITIONS.sub(lambda found: f"(TC {int(found[1]) - next(surplus)})", activity)
