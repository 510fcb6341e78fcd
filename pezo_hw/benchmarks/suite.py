"""All measures of one run, and the machine that they are taken on."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import PezoError
from ..tools.folders import temporary_folder
from .arrays import (
    measure_mantissas,
    measure_perturbing,
    measure_random_access,
    measure_sources,
    measure_values,
)
from .fresh_process import measure_first_number, measure_memory
from .measure import Measure, measured_presets
from .verilated_model import measure_cycles

Group = Callable[[Callable[[], None]], list[Measure]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured.

    Attributes
    ----------
    count : int
        Numbers in an array.
    sizes : tuple of int
        Weights that the software's distributions are added to.
    cycles : int
        That a Verilator model simulates.
    rounds : int
        Of which medians are taken.
    """

    count: int = 1 << 26
    sizes: tuple[int, ...] = (10_000_000, 50_000_000)
    cycles: int = 1 << 23
    rounds: int = 7

    @property
    def ticks(self) -> int:
        """How often `carry_out` reports progress at most, with every group carried out."""
        return (self.rounds + 1) * (_GROUPS - 2 + len(self.sizes) + len(measured_presets()))


_GROUPS = 8
QUICK = Plan(count=1 << 22, sizes=(1 << 21,), cycles=1 << 20, rounds=3)


def carry_out(
    plan: Plan, torch: Any, on_round: Callable[[], None]
) -> Iterator[list[Measure] | PezoError]:
    """The measures, group by group, or why a group could not be measured here.

    Parameters
    ----------
    plan : Plan
        How much to do.
    torch : module or None
        PyTorch, where it is installed.
    on_round : callable
        Called after each round.
    """
    with temporary_folder("pezo-bench-") as folder:
        for group in _groups(plan, torch, folder):
            try:
                yield group(on_round)
            except PezoError as error:
                yield error


def _groups(plan: Plan, torch: Any, folder: Path) -> list[Group]:
    count, rounds = plan.count, plan.rounds
    perturbing = partial(measure_perturbing, count, rounds, torch=torch)
    sources = partial(measure_sources, plan.sizes, rounds, torch=torch)
    return [
        partial(measure_values, count, rounds, torch=torch),
        partial(measure_mantissas, count, rounds),
        *([] if torch is None else [perturbing, sources]),
        partial(measure_cycles, measured_presets(), folder, plan.cycles, rounds),
        partial(measure_memory, rounds),
        partial(measure_first_number, rounds),
        partial(measure_random_access, rounds),
    ]


def describe_machine(torch: Any) -> str:
    """Processor, load and versions in one line."""
    threads = "no PyTorch" if torch is None else f"PyTorch {torch.__version__}"
    if torch is not None:
        threads += f" on {torch.get_num_threads()} threads"
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    return (
        f"{_processor()}, {os.cpu_count()} processors, load {load}; {platform.system()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, {threads}"
    )


def _processor() -> str:
    """As Linux names it; elsewhere the kind of machine."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
