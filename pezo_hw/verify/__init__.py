"""Verification: generated hardware in a simulator against the golden model, bit for bit."""

from ..bench.bench import Bench, Block
from .job import LEVELS, Job, Outcome, bench_names, make_bench
from .session import MOST_CYCLES, SIMULATORS, default_cycles, require_simulator, verify

__all__ = [
    "LEVELS",
    "MOST_CYCLES",
    "SIMULATORS",
    "Bench",
    "Block",
    "Job",
    "Outcome",
    "bench_names",
    "default_cycles",
    "make_bench",
    "require_simulator",
    "verify",
]
