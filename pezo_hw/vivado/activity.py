"""How often each net switches at full throughput: a SAIF file from Verilator."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from ..config import Config
from ..emit import EmittedCore
from ..errors import PezoError
from ..systems.registry import SYSTEMS
from ..tools.files import write_files
from ..tools.processes import run_checked
from ..tools.template import fill
from ..tools.verilator import build_environment, search_path
from .clock import ClockParameters
from .design import Design

CYCLES = 4096
_FOLDER = Path(__file__).parent / "templates"
_SCOPE = "TOP"
INSTANCE = f"{_SCOPE}/{{top}}"
_NEEDED = ("verilator", "make", "c++", "perl")
_TRANSITIONS = re.compile(r"\(TC (\d+)\)")
_HEAD = re.compile(r"\A//[^\n]*\n")
# The program runs for milliseconds: what takes time is to build it.
_QUICK = "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0"


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
        Where Verilator or what it builds with is missing or fails.
    """
    _require_programs()
    with tempfile.TemporaryDirectory(prefix="pezo-") as name:
        folder = Path(name)
        write_files(folder, {**core.files, "activity.cpp": _program(config, design)})
        _build(folder, design)
        run_for = [_simulate(folder, count, clock.period_ps) for count in (0, cycles)]
    return _without_first_levels(*run_for)


def _require_programs() -> None:
    for program in _NEEDED:
        if shutil.which(program, path=search_path()) is None:
            raise PezoError(
                f"--vivado needs {program} on PATH to simulate the switching activity; "
                "without it: --no-saif"
            )


def _program(config: Config, design: Design) -> str:
    system = SYSTEMS[design.system].activity(config)
    return fill(
        _FOLDER / "activity.cpp",
        top=design.top,
        driver=fill(system.template, **system.values),
        clock=design.clock,
        reset=design.reset,
        reset_active=int(not design.reset_is_low),
        reset_idle=int(design.reset_is_low),
        scope=_SCOPE,
        idle="".join(
            f"    top.{_spelled(port.name)} = 0;\n"
            for port in design.ports
            if port.direction == "input"
        ),
    )


def _spelled(name: str) -> str:
    """A pin's name in the C++ that Verilator writes."""
    return name.replace("__", "___05F")


def _build(folder: Path, design: Design) -> None:
    command = ["verilator", "--cc", "--exe", "--build", "--trace-saif", "--prefix", "Vtop"]
    # Wide buses are left out by default.
    command += ["--trace-max-width", "0"]
    command += ["--timescale", "1ps/1ps", "-Wno-fatal", "-MAKEFLAGS", _QUICK]
    command += ["--top-module", design.top, design.verilog, "activity.cpp", "-o", "activity"]
    _run(command, folder, build_environment())


def _simulate(folder: Path, cycles: int, period_ps: int) -> str:
    """The SAIF file as Verilator writes it, but for a comment and a space that the format has."""
    program = [str(folder / "obj_dir" / "activity"), "activity.saif", str(cycles), str(period_ps)]
    _run(program, folder, dict(os.environ))
    text = (folder / "activity.saif").read_text("utf-8")
    return _HEAD.sub("", text).replace("(TIMESCALE 1ps)", "(TIMESCALE 1 ps)")


def _without_first_levels(levels: str, activity: str) -> str:
    """The activity without the transitions that are only what the nets start from.

    Verilator takes every net to be low before the first moment; ``levels``, a run of no cycle at
    all, has exactly what this adds.
    """
    surplus = (int(count) for count in _TRANSITIONS.findall(levels))
    return _TRANSITIONS.sub(lambda found: f"(TC {int(found[1]) - next(surplus)})", activity)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    try:
        run_checked(command, folder, environment)
    except PezoError as error:
        raise PezoError(f"{error}; without it: --no-saif") from None
