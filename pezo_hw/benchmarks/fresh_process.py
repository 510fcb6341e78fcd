"""What a fresh process takes: memory at most, and time to the first number."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..errors import PezoError, first_line
from ..tools.processes import run
from .measure import Measure, measured_presets, medians

MOST_MEGABYTES = 128.0
MOST_SECONDS = 0.5

_MEMORY = """\
import re, sys, pathlib
import numpy as np
from pezo_hw import load
from pezo_hw.fast.perturb import perturb_

def kilobytes(field):
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(field + r":\\s+(\\d+)", status)[1])

config = load(sys.argv[1])
weights = np.ones(1 << 25, np.float32)
before = kilobytes("VmRSS")
perturb_([weights], 1e-3, config.fast_stream(), 10**12)
print((kilobytes("VmHWM") - before) * 1.024e-3)
"""
_FIRST = """\
import sys, time
start = time.perf_counter()
from pezo_hw import load
load(sys.argv[1]).fast_stream().values(10**12, 1)
print(time.perf_counter() - start)
"""


def peak_megabytes(config: str) -> float:
    """Peak of a process that perturbs, above what it held with its weights and modules.

    Raises
    ------
    PezoError
        Where the system does not tell.
    """
    if not Path("/proc/self/status").exists():
        raise PezoError("a process's peak of memory is read from /proc, which is not here")
    return _printed_by(_MEMORY, config)


def seconds_to_first_number(config: str) -> float:
    """From before the import of the package, and of NumPy with it, to the first number."""
    return _printed_by(_FIRST, config)


def measure_memory(rounds: int, on_round: Callable[[], None]) -> list[Measure]:
    """`peak_megabytes` of every preset."""
    found = medians(_for_presets(peak_megabytes), rounds, on_round)
    return _limited("memory : limit", found, MOST_MEGABYTES, "MB")


def measure_first_number(rounds: int, on_round: Callable[[], None]) -> list[Measure]:
    """`seconds_to_first_number` of every preset."""
    found = medians(_for_presets(seconds_to_first_number), rounds, on_round)
    return _limited("first number : limit", found, MOST_SECONDS, "s")


def _for_presets(function: Callable[[str], float]) -> dict[str, Callable[[], float]]:
    return {name: partial(function, name) for name in measured_presets()}


def _limited(measure: str, found: dict[str, float], limit: float, unit: str) -> list[Measure]:
    return [
        Measure(measure=measure, preset=name, ours=ours, theirs=limit, unit=unit, at_least=1.0)
        for name, ours in found.items()
    ]


def _printed_by(script: str, config: str) -> float:
    command = [sys.executable, "-c", script, config]
    done = run(command)
    if done.returncode:
        raise PezoError(f"a measuring process failed: {first_line(done.stderr, 'Error')}")
    return float(done.stdout)
