"""A self-test's project in a simulator, at the pins of its board."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..config import Config
from ..errors import PezoError
from ..tools.environment import environment_for
from ..tools.files import write_files
from ..tools.folders import temporary_folder
from ..tools.processes import run_checked
from ..tools.simulation import Simulation, require_builder
from ..tools.toolchain import ICARUS
from .board import Board

SIMULATORS = ("verilator", "icarus")
LEDS = ("passed", "failed", "running", "injected")
_TEMPLATES = Path(__file__).parent / "templates"
_SHOWN = re.compile(r"^led ([01xz]{3})-([01xz])$", re.MULTILINE)
# Beyond the orbit and the core's latency: the power-up reset, synchronisers, and the verdict's way.
_MARGIN = 60


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What the LEDs show at a moment.

    Attributes
    ----------
    when : str
        When, in words.
    expected : tuple of str
        The names of the LEDs that are to be high.
    shown : str
        The levels of `LEDS`, one digit each.
    """

    when: str
    expected: tuple[str, ...]
    shown: str

    @property
    def high(self) -> tuple[str, ...]:
        """The names of the LEDs that are not low; what is undefined has a question mark."""
        pairs = zip(LEDS, self.shown, strict=True)
        return tuple(led + "?" * (level != "1") for led, level in pairs if level != "0")

    @property
    def passed(self) -> bool:
        """Whether it is what it should be."""
        return self.high == self.expected


# What the Verilog around the device does, and what is to be seen of it.
_MOMENTS = (
    ("power-up", ("running",)),
    ("a joint orbit later", ("passed",)),
    ("switch 0 high, button center held", ("running",)),
    ("a joint orbit after its release", ("failed", "injected")),
    ("switch 0 low, CPU_RESET held", ("running",)),
    ("a joint orbit after its release", ("passed",)),
)


def require_simulator(simulator: str) -> None:
    """Checks that what a simulator of `SIMULATORS` needs is installed.

    Raises
    ------
    PezoError
        Naming what is missing or too old, and where it comes from.
    """
    if simulator == "icarus":
        ICARUS.find()
    else:
        require_builder()


def simulate(
    board: Board,
    config: Config,
    files: Mapping[str, str],
    simulator: str,
    *,
    upset: str = "",
) -> tuple[Moment, ...]:
    """Three runs of a project, through the pins of its board alone.

    The first begins at power-up and passes; the second is spoilt by the switch and fails; the
    third passes.

    Parameters
    ----------
    board, config : Board, Config
        What the project is of.
    files : mapping of str to str
        The project, as `project_files` gives it.
    simulator : str
        A name of `SIMULATORS`.
    upset : str
        One bit of a register in ``dut``, the module ``top``, that wakes up inverted.

    Raises
    ------
    PezoError
        Where the simulator is missing or fails.
    """
    parameters = config.parameters
    macros = {"RUN": str(parameters.joint_orbit + parameters.latency + _MARGIN)}
    macros |= {"UPSET": upset} if upset else {}
    verilog = {name: text for name, text in files.items() if name.endswith(".v")}
    with temporary_folder() as folder:
        write_files(folder, verilog)
        for path in board.surroundings:
            shutil.copyfile(path, folder / f"around_{path.name}")
        sources = (*(f"around_{path.name}" for path in board.surroundings), *verilog)
        run = _on_icarus if simulator == "icarus" else _on_verilator
        shown = _SHOWN.findall(run(folder, sources, macros))
    if len(shown) != len(_MOMENTS):
        raise PezoError(f"{simulator} ended after {len(shown)} of {len(_MOMENTS)} moments")
    return tuple(
        Moment(when=when, expected=expected, shown="".join(levels))
        for (when, expected), levels in zip(_MOMENTS, shown, strict=True)
    )


def _on_icarus(folder: Path, sources: tuple[str, ...], macros: Mapping[str, str]) -> str:
    compiler = ICARUS.find().path
    environment = environment_for(compiler)
    defines = (f"-D{name}={value}" for name, value in macros.items())
    options = ["-g2005", "-DOWN_CLOCK", *defines, "-s", "clocked", "-o", "simulation"]
    run_checked([str(compiler), *options, *sources], folder, environment)
    # The program runs where its interpreter is, which comes with the compiler.
    vvp = compiler.with_name("vvp")
    return run_checked([str(vvp), "-n", "simulation"], folder, environment)


def _on_verilator(folder: Path, sources: tuple[str, ...], macros: Mapping[str, str]) -> str:
    defines = tuple(f"-D{name}={value}" for name, value in macros.items())
    program = Simulation(
        top="board",
        sources=sources,
        main=(_TEMPLATES / "main.cpp").read_text("utf-8"),
        options=("-Wno-fatal", *defines),
    ).build(folder)
    return run_checked([str(program)], folder)
