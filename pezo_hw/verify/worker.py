"""The process that carries out one job: generates, builds, simulates.

A process of its own, because simulators take settings from the environment, print much, and may
die without a word; the journal in the job's folder says how far it came.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..errors import PezoError
from ..synth.measurement import wants_few_levels
from .amaranth_simulator import simulate
from .cocotb_run import require_passed, run_cocotb
from .job import JOB_VARIABLE, Job, Progress
from .netlist import cell_models, mapped_netlist

# The netlist's 72-bit INIT_A, and the INIT of an SRL, which is as long as the delay; specify blocks
# and such in Yosys' models of the cells, and a carry chain within one of them, which is no loop.
_VERILATOR_OPTIONS = (
    *("-Wno-WIDTHTRUNC", "-Wno-WIDTHEXPAND", "-Wno-SPECIFYIGN", "-Wno-INITIALDLY"),
    "-Wno-UNOPTFLAT",
)


def main(folder: Path) -> None:
    """Carry out the job that lies in the folder; a reason why it cannot be is in the journal."""
    try:
        _carry_out(Job.read(folder), folder)
    except PezoError as error:
        stage = Progress.latest(folder).stage
        Progress(stage=stage, error=str(error)).append_to(folder)
        raise


def _carry_out(job: Job, folder: Path) -> None:
    if job.simulator == "amaranth":
        simulate(job, folder)
        return
    Progress(stage="generate").append_to(folder)
    top = job.make_bench().top
    files = job.rtl if job.rtl is not None else _emission(job, top)
    top = _top_of(files, top)
    if job.level == "netlist":
        Progress(stage="synthesise").append_to(folder)
        files = _netlist_with_models(files, top, job.bench)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    Progress(stage="build").append_to(folder)
    _run_cocotb(job, folder, top, [name for name in files if name.endswith(".v")])


def _emission(job: Job, top: str) -> dict[str, str]:
    from ..emit import emit_verilog

    emitted = emit_verilog(job.make_bench().component(), name=top)
    return {f"{top}.v": emitted.verilog, **emitted.memories}


def _netlist_with_models(files: dict[str, str], top: str, system: str) -> dict[str, str]:
    """The netlist of a core, or of a system around it, and the models of its cells."""
    memories = {name: text for name, text in files.items() if name.endswith(".mem")}
    few_levels = wants_few_levels(system)
    netlist = mapped_netlist(files[f"{top}.v"], memories, top, few_levels=few_levels)
    return {f"{top}.v": netlist, **cell_models()}


def _top_of(files: dict[str, str], default: str) -> str:
    """The module that the Verilog file is named after."""
    return next((name.removesuffix(".v") for name in files if name.endswith(".v")), default)


def _run_cocotb(job: Job, folder: Path, top: str, sources: list[str]) -> None:
    sys.path.insert(0, str(testbench_folder()))
    os.environ[JOB_VARIABLE] = str(folder)
    options = _VERILATOR_OPTIONS if job.simulator == "verilator" else ()
    results = run_cocotb(job.simulator, folder, top, sources, "pezo_testbench", options=options)
    require_passed(results)


def testbench_folder() -> Path:
    """Where the cocotb testbench lies: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "sim"
    return installed if installed.is_dir() else package.parent / "sim"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
