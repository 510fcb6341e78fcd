"""The emitted Verilog as a bare Verilator model: C++ from end to end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ..config import load
from ..emit import emit_core
from ..numbers.number_format import narrowest_mantissas
from ..tools.files import write_files
from ..tools.processes import run_checked
from ..tools.simulation import Simulation
from ..verify import require_simulator
from .measure import Measure, Rate, medians, rate_of

AT_LEAST = 30.0
MEMORY_BOUND = {"paper-opt": 25.0}
"""Of a table of 31 MB: no cache holds it, and the memory gives no more."""

_WINDOW = 1 << 14
_MAIN = """\
#include "Vtop.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>

int main(int, char **arguments) {
    VerilatedContext context;
    Vtop core{&context};
    const long cycles = std::atol(arguments[1]);
    long beats = 0;
    auto clock = [&] { core.clk = 0; core.eval(); core.clk = 1; core.eval(); };
    core.en = 1;
    core.rst = 1;
    clock();
    core.rst = 0;
    for (int i = 0; i < 1000; ++i) clock();
    const auto start = std::chrono::steady_clock::now();
    for (long i = 0; i < cycles; ++i) { clock(); beats += core.valid; }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%.9g\\n", beats / seconds.count());
}
"""
_OPTIONS = ("-Wno-fatal", "-O3", "--x-assign", "fast", "--x-initial", "fast")


def measure_cycles(
    names: Sequence[str], folder: Path, count: int, rounds: int, on_round: Callable[[], None]
) -> list[Measure]:
    """Mantissas and codes of ``count`` cycles of presets against their Verilator models.

    Raises
    ------
    PezoError
        Where Verilator or its C++ compiler is missing or fails.
    """
    require_simulator("verilator")
    found = []
    for name in names:
        participants = {
            "theirs": _simulation_rate(_build(name, folder / name), count),
            "ours": _stream_rate(name, 32 * count),
        }
        rates = medians(participants, rounds, on_round)
        found.append(
            Measure(
                measure="pins : Verilator",
                preset=name,
                ours=rates["ours"],
                theirs=rates["theirs"],
                unit="cycles/s",
                at_least=MEMORY_BOUND.get(name, AT_LEAST),
            )
        )
    return found


def _build(name: str, folder: Path) -> Path:
    """The model's program, in the folder of its memory files."""
    core = emit_core(load(name))
    write_files(folder, core.files)
    simulation = Simulation(
        top=core.top,
        sources=(core.verilog_file,),
        main=_MAIN,
        options=_OPTIONS,
        compiler_options=("-O3", "-march=native"),
    )
    return simulation.build(folder)


def _simulation_rate(program: Path, cycles: int) -> Rate:
    folder = program.parents[1]
    return lambda: float(run_checked([str(program), str(cycles)], folder))


def _stream_rate(name: str, count: int) -> Rate:
    """What is at the pins, window after window into the same arrays, as a loop of C++ has it."""
    stream = load(name).fast_stream()
    dtype = narrowest_mantissas(stream.fixed_point.bits).dtype
    mantissas, codes = np.zeros((_WINDOW, stream.lanes), dtype), np.zeros(_WINDOW, np.uint8)
    windows = -(-count // _WINDOW)

    def read() -> None:
        for start in range(10**12, 10**12 + windows * _WINDOW, _WINDOW):
            stream.fill(mantissas, start)
            stream.fill_codes(codes, start)

    return rate_of(read, windows * _WINDOW)
