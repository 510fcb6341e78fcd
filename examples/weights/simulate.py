"""Builds a perturber and runs its testbench: ``python -m examples.weights.simulate int8``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from unittest.mock import patch

from examples.weights.parameters import BFLOAT16, INT8, PerturberParameters
from examples.weights.perturber import WeightPerturber
from pezo_hw import load
from pezo_hw.emit import emit_verilog
from pezo_hw.synth.levels import longest_path
from pezo_hw.synth.mapping import synthesise
from pezo_hw.synth.resources import count
from pezo_hw.tools.files import write_files
from pezo_hw.tools.folders import temporary_folder
from pezo_hw.verify.cocotb_run import require_passed, run_cocotb
from pezo_hw.verify.session import worker_environment

TOP = "weight_perturber"
WEIGHTS = 100_000
SIMULATORS = ("verilator", "icarus")
# cocotbext-axi 0.1.28 ends its tasks by a name that cocotb 2.1 is about to drop.
_WARNINGS = "ignore:Using `task.kill:DeprecationWarning"


def verilog_of(weight: str, source: str) -> str:
    """The Verilog of the perturber of a type of weights and a preset, or a TOML file's path."""
    return emit_verilog(
        WeightPerturber(PerturberParameters.of(load(source), weight)), name=TOP
    ).verilog


def simulate(
    weight: str,
    folder: Path,
    *,
    source: str = "paper-roberta",
    simulator: str = "verilator",
    weights: int = WEIGHTS,
) -> None:
    """Build in a folder, and run; raises PezoError or SystemExit where a weight is wrong."""
    write_files(folder, {f"{TOP}.v": verilog_of(weight, source)})
    variables = {
        "PEZO_CONFIG": source,
        "PEZO_WEIGHT": weight,
        "PEZO_WEIGHTS": str(weights),
        "PYTHONWARNINGS": _WARNINGS,
    }
    module = "examples.weights.weights_testbench"
    with patch.dict(os.environ, worker_environment(simulator), clear=True):
        results = run_cocotb(simulator, folder, TOP, [f"{TOP}.v"], module, environment=variables)
    require_passed(results)


def price(weight: str, source: str) -> str:
    """LUTs, flip-flops and levels on the ZCU102's family, in a line."""
    netlist = synthesise(verilog_of(weight, source), {}, TOP, "xcup", once=())
    used, levels = count(netlist), longest_path(netlist).levels
    return f"{weight}, {source}: {used.lut:,} LUT, {used.ff:,} FF, {levels} levels"


def main(arguments: list[str] | None = None) -> None:
    """The command line; ends with an exit status above 0 where a weight is wrong."""
    parser = argparse.ArgumentParser(description="Perturb weights in a simulator.")
    parser.add_argument("weight", choices=(INT8, BFLOAT16))
    parser.add_argument("config", nargs="?", default="paper-roberta", help="a preset or TOML file")
    parser.add_argument("--simulator", choices=SIMULATORS, default="verilator")
    parser.add_argument("--price", action="store_true", help="what it takes of a device instead")
    asked = parser.parse_args(arguments)
    if asked.price:
        print(price(asked.weight, asked.config))
        return
    with temporary_folder() as folder:
        simulate(asked.weight, folder, source=asked.config, simulator=asked.simulator)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
