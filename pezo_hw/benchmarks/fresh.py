"""What a fresh process takes: memory at most, and time to the first number."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..config import preset_names
from ..errors import PezoError, first_line
from .contest import medians
from .measure import Measure

MOST_MEGABYTES = 128.0
MOST_SECONDS = 0.5

_MEMORY = """\
import re, sys, pathlib
import numpy as np
from pezo_hw import load
from pezo_hw.fast import perturb_

def kilobytes(field):
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(field + r":\\s+(\\d+)", status)[1])

parameters = load(sys.argv[1]).parameters
weights = np.ones(1 << 25, np.float32)
before = kilobytes("VmRSS")
perturb_([weights], 1e-3, parameters.fast_stream(), 10**12)
print((kilobytes("VmHWM") - before) * 1.024e-3)
"""
_FIRST = """\
import sys, time
start = time.perf_counter()
from pezo_hw import load
load(sys.argv[1]).parameters.fast_stream().values(10**12, 1)
print(time.perf_counter() - start)
"""


def measure_memory(rounds: int, on_round: Callable[[], None]) -> list[Measure]:
    """Peak of a process that perturbs, above what it held with its weights and modules.

    Raises
    ------
    PezoError
        Where the system does not tell.
    """
    if not Path("/proc/self/status").exists():
        raise PezoError("a process's peak of memory is read from /proc, which is not here")
    rates = medians(_processes(_MEMORY), rounds, on_round)
    return _limited("memory : limit", rates, MOST_MEGABYTES, "MB")


def measure_first_number(rounds: int, on_round: Callable[[], None]) -> list[Measure]:
    """Seconds from before the import to the first number, imports of NumPy included."""
    rates = medians(_processes(_FIRST), rounds, on_round)
    return _limited("first : limit", rates, MOST_SECONDS, "s")


def _limited(measure: str, found: dict[str, float], limit: float, unit: str) -> list[Measure]:
    return [
        Measure(measure=measure, preset=name, ours=ours, theirs=limit, unit=unit, at_least=1.0)
        for name, ours in found.items()
    ]


def _processes(script: str) -> dict[str, Callable[[], float]]:
    """For each preset a function that runs the script on it and gives what it prints."""

    def run(name: str) -> float:
        command = [sys.executable, "-c", script, name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PezoError(f"a measuring process failed: {first_line(done.stderr, 'Error')}")
        return float(done.stdout)

    return {name: partial(run, name) for name in preset_names()}
