"""A module of cocotb tests on Verilog in a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import PezoError
from ..tools.completeness import complete_xml
from ..tools.environment import environment_for
from ..tools.processes import run_checked
from ..tools.simulation import BUILD, Simulation
from ..tools.toolchain import ICARUS

_TIMESCALE = "1ns/1ps"
# What tests can get at in Verilator's model.
_EVERYTHING = ("--public-flat-rw",)
_TOP_ONLY = ("--public-depth", "1")


def run_cocotb(
    simulator: str,
    folder: Path,
    top: str,
    sources: Sequence[str],
    module: str,
    *,
    options: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    has_log: bool = False,
    reaches_inside: bool = False,
) -> Path:
    """Builds and runs; the file of the results.

    The tests run in the environment of this process, which ought to be a made one.

    Parameters
    ----------
    simulator : str
        ``verilator`` or ``icarus``.
    folder : Path
        Where the sources are, and where everything else is put.
    top : str
        The top module.
    sources : sequence of str
        The Verilog files' names.
    module : str
        The Python module of the tests.
    options : sequence of str
        More options of the build.
    environment : mapping of str to str, optional
        More environment variables of the tests.
    has_log : bool
        Whether what the tests say goes to ``test.log`` of the folder.
    reaches_inside : bool
        Whether the tests read or write signals below the top module. On Verilator there are
        otherwise none: what nobody can look at is optimised away, and is not compiled.

    Raises
    ------
    PezoError
        Where the build fails.
    SystemExit
        Where the simulation does.
    """
    from cocotb_tools.runner import get_runner

    if simulator == "verilator":
        visible = _EVERYTHING if reaches_inside else _TOP_ONLY
        _build_verilator(folder, top, sources, [*visible, *options])
    else:
        _build_icarus(folder, top, sources, options)
    return get_runner(simulator).test(
        test_module=module,
        hdl_toplevel=top,
        hdl_toplevel_lang="verilog",
        build_dir=folder / BUILD,
        test_dir=folder,
        results_xml=str(folder / "results.xml"),
        extra_env=dict(environment or {}),
        log_file=folder / "test.log" if has_log else None,
    )


def _build_verilator(
    folder: Path, top: str, sources: Sequence[str], options: Sequence[str]
) -> None:
    from cocotb_tools import config

    libraries = str(config.libs_dir)
    Simulation(
        top=top,
        sources=tuple(sources),
        main=(config.share_dir / "lib" / "verilator" / "verilator.cpp").read_text("utf-8"),
        options=("--vpi", "--timescale", _TIMESCALE, *options),
        linker_options=(
            *("-Xlinker", "-rpath", "-Xlinker", libraries),
            *("-L", libraries, "-lcocotbvpi_verilator"),
        ),
    ).build(folder)


def _build_icarus(folder: Path, top: str, sources: Sequence[str], options: Sequence[str]) -> None:
    """As cocotb's runner does, but by relative names, which a shell takes whatever the folder."""
    (folder / BUILD).mkdir(exist_ok=True)
    (folder / BUILD / "commands.f").write_text(f"+timescale+{_TIMESCALE}\n", "utf-8")
    program = ICARUS.find().path
    command = [str(program), "-g2012", "-s", top, "-o", f"{BUILD}/sim.vvp"]
    command += ["-f", f"{BUILD}/commands.f", *options, *sources]
    run_checked(command, folder, environment_for(program) | {"TMPDIR": "."})


def require_passed(results: Path) -> None:
    """Checks that the results of a run are whole, and that its tests were carried out and passed.

    Raises
    ------
    PezoError
        Where one was not, or there was none.
    """
    cases = list(complete_xml(results, "cocotb").iter("testcase"))
    bad = [
        case
        for case in cases
        for kind in ("failure", "error", "skipped")
        if case.find(kind) is not None
    ]
    if bad or not cases:
        raise PezoError(f"{len(bad)} of {len(cases)} tests did not pass; see {results}")
