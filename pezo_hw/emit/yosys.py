"""Yosys, as a library in a process of its own.

The order in which Yosys walks a design depends on every name it has met before in the same process;
a fresh process for every run is what makes its output the same bytes every time. It also keeps its
log, and its way of ending the process on an error, away from the caller.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from ..errors import PezoError

_RUN = """
import sys
from pyosys import libyosys
design = libyosys.Design()
for command in sys.argv[1:]:
    libyosys.Pass.call(design, command)
"""


def run_yosys(commands: Sequence[str], folder: Path) -> str:
    """Carries the commands out in order, in the folder, and returns the log.

    Raises
    ------
    PezoError
        With Yosys' own words, where a command fails.
    """
    finished = subprocess.run(
        [sys.executable, "-c", _RUN, *commands],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        said = (finished.stdout + finished.stderr).strip().splitlines() or ["no message"]
        raise PezoError(f"yosys failed: {said[-1]}")
    return finished.stdout


def yosys_version() -> str:
    """The version of the Yosys in use."""
    return version("pyosys")
