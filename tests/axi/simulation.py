"""Runs a cocotb module on a generated AXI system."""

from __future__ import annotations

import os
import re
from pathlib import Path
from unittest import mock

from cocotb_tools.check_results import get_results

from pezo_hw import Config
from pezo_hw.config import load
from pezo_hw.emit import emit_core
from pezo_hw.tools.files import write_files
from pezo_hw.verify.cocotb_run import run_cocotb
from pezo_hw.verify.session import worker_environment

CONFIG_VARIABLE = "PEZO_TEST_CONFIG"
# cocotbext-axi 0.1.28 ends its tasks by a name that cocotb 2.1 is about to drop.
_WARNINGS = "ignore:Using `task.kill:DeprecationWarning"


def simulate(
    source: str,
    simulator: str,
    module: str,
    folder: Path,
    verilog: dict[str, str] | None = None,
    *,
    reaches_inside: bool = False,
    **environment: str,
) -> int:
    """Build and run every test of a module; how many there were.

    Parameters
    ----------
    source : str
        A preset or the path of a config.
    simulator : str
        ``verilator`` or ``icarus``.
    module : str
        The module's name, in `tests.axi` where it is no dotted one.
    folder : Path
        Where to build.
    verilog : dict of str to str, optional
        Files to test instead of those that the config gives.
    reaches_inside : bool
        As `run_cocotb` takes it.
    **environment : str
        Further environment variables of the simulation.

    Raises
    ------
    AssertionError
        Where a test of the module fails.
    """
    core = emit_core(load(source), system="axi")
    write_files(folder, verilog or core.files)
    variables = {
        CONFIG_VARIABLE: source,
        "PYTHONWARNINGS": _WARNINGS,
        "COCOTB_LOG_LEVEL": "WARNING",
        **environment,
    }
    log = folder / "test.log"
    try:
        with mock.patch.dict(os.environ, worker_environment(simulator), clear=True):
            results = run_cocotb(
                simulator,
                folder,
                core.top,
                [core.verilog_file],
                module if "." in module else f"tests.axi.{module}",
                environment=variables,
                has_log=True,
                reaches_inside=reaches_inside,
            )
    except SystemExit:
        raise AssertionError(_complaints(log.read_text())) from None
    tests, failures = get_results(results)
    assert failures == 0, _complaints(log.read_text())
    return tests


def _complaints(log: str) -> str:
    return "\n".join(re.findall(r"^.*(?:Error|assert |failed).*$", log, re.MULTILINE))


def config_under_test() -> Config:
    """The config of the device, inside the simulation."""
    return load(os.environ[CONFIG_VARIABLE])
