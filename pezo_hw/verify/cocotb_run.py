"""A module of cocotb tests on Verilog in a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import PezoError
from ..tools.whole import whole_xml

_TIMESCALE = ("1ns", "1ps")


def run_cocotb(
    simulator: str,
    folder: Path,
    top: str,
    sources: Sequence[str],
    module: str,
    *,
    options: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    logged: bool = False,
) -> Path:
    """Builds and runs; the file of the results.

    Parameters
    ----------
    simulator : str
        ``verilator`` or ``icarus``; Verilator needs the environment of `build_environment`.
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
    logged : bool
        Whether what is said goes to ``build.log`` and ``test.log`` of the folder.

    Raises
    ------
    RuntimeError
        Where the build fails.
    SystemExit
        Where the simulation does.
    """
    from cocotb_tools.runner import get_runner

    runner = get_runner(simulator)
    runner.build(
        sources=[folder / source for source in sources],
        hdl_toplevel=top,
        build_dir=folder / "build",
        build_args=list(options),
        timescale=_TIMESCALE,
        log_file=folder / "build.log" if logged else None,
    )
    return runner.test(
        test_module=module,
        hdl_toplevel=top,
        build_dir=folder / "build",
        test_dir=folder,
        timescale=_TIMESCALE,
        results_xml=str(folder / "results.xml"),
        extra_env=dict(environment or {}),
        log_file=folder / "test.log" if logged else None,
    )


def require_passed(results: Path) -> None:
    """Checks that the results of a run are whole, and that its tests were carried out and passed.

    Raises
    ------
    PezoError
        Where one was not, or there was none.
    """
    cases = list(whole_xml(results, "cocotb").iter("testcase"))
    bad = [
        case
        for case in cases
        for kind in ("failure", "error", "skipped")
        if case.find(kind) is not None
    ]
    if bad or not cases:
        raise PezoError(f"{len(bad)} of {len(cases)} tests did not pass; see {results}")
