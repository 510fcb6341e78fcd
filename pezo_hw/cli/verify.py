"""``pezo verify``."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import rich_click as click

from ..audit import CoreOnDisk, cores_on_disk, verilog_without_manifest
from ..config import Config
from ..errors import ConfigError, PezoError
from ..systems.registry import CORE, SYSTEMS
from ..text import short_number
from ..tools.files import write_files
from ..tools.simulation import USUAL, prepare_library
from ..verify import (
    LEVELS,
    MOST_CYCLES,
    SIMULATORS,
    Job,
    bench_names,
    default_cycles,
    require_simulator,
)
from ..verify.fst import require_fst
from ..verify.trace import TraceOptions
from . import completion
from .common import CONFIG, JSON, OUTPUT, OUTPUT_FOLDER, distinct_names, warn_of_unused, write_json
from .junit import junit_text
from .progress import counting
from .simulations import make_folder, watch
from .terminal import say, write
from .verdicts import as_dict, print_verdicts

EXIT_NOT_EXACT = 1


@click.command()
@click.argument("configs", type=CONFIG, nargs=-1, required=True, metavar="CONFIG...")
@click.option(
    "--simulator",
    type=click.Choice(SIMULATORS),
    default="verilator",
    show_default=True,
)
@click.option(
    "--cycles",
    type=click.IntRange(1, MOST_CYCLES),
    metavar="N",
    help="Cycles of the stream to compare; default: the joint orbit, or minutes of it.",
)
@click.option(
    "--system",
    type=click.Choice(tuple(SYSTEMS)),
    default=CORE,
    show_default=True,
    help="What to test: the core and its modules, or what pezo generate puts around it.",
)
@click.option(
    "--bench",
    metavar="NAME",
    shell_complete=completion.benches,
    help="Only this bench (core, lfsr-bank, ...), not all.",
)
@click.option(
    "--rtl",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Test all cores that pezo generate wrote to DIR and its subfolders, not fresh ones.",
)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="rtl",
    show_default=True,
    help="What to simulate: the Verilog, or the UltraScale+ netlist that Yosys maps the core to.",
)
@click.option(
    "--work", type=OUTPUT_FOLDER, metavar="DIR", help="Keep builds and logs in this new folder."
)
@click.option(
    "--trace",
    type=OUTPUT_FOLDER,
    metavar="DIR",
    help="Write a waveform (FST) of each bench to this folder, expected beside actual.",
)
@click.option(
    "--window",
    type=click.IntRange(1, MOST_CYCLES),
    metavar="N",
    help="With --trace: only N clock cycles before and after the first one that differs.",
)
@click.option("--junit", type=OUTPUT, metavar="FILE", help="Write the verdicts as JUnit's XML.")
@JSON
@click.pass_context
def verify(
    context: click.Context,
    configs: tuple[Config, ...],
    simulator: str,
    cycles: int | None,
    system: str,
    bench: str | None,
    rtl: Path | None,
    level: str,
    work: Path | None,
    trace: Path | None,
    window: int | None,
    junit: Path | None,
    as_json: bool,
) -> int:
    """Simulate the hardware and compare every bit with the golden model.

    Every module is tested alone and in its core, with random stalls and with resets in mid-stream.
    Exit status 1 if a single bit differs.

    Example: pezo verify paper-roberta --simulator icarus
    """
    distinct_names(configs)
    require_simulator(simulator)
    if level == "netlist" and simulator == "amaranth":
        raise PezoError("--level netlist needs a Verilog simulator; allowed: verilator, icarus")
    if rtl is not None and simulator == "amaranth":
        raise PezoError("--rtl needs a Verilog simulator; allowed: verilator, icarus")
    if trace is None and window is not None:
        raise ConfigError("--window", window, "only with --trace DIR")
    if trace is not None:
        require_fst()
    tell = say if as_json else write
    for unknown in [] if rtl is None else verilog_without_manifest(rtl):
        tell(f"not tested: {unknown} has no manifest")
    jobs: list[Job] = []
    for config in configs:
        SYSTEMS[system].check(config)
        # Modules have no files, and no netlist, of their own.
        top_only = rtl is not None or level == "netlist"
        benches = _benches(config, system, bench, top_only=top_only)
        count = _default(config, simulator, tell) if cycles is None else cycles
        cores = [None] if rtl is None else _cores_in(rtl, config, system, tell)
        for core, name in product(cores, benches):
            job = Job(
                config=config,
                bench=name,
                simulator=simulator,
                cycles=count,
                rtl=None if core is None else core.files,
                place=core.place if core is not None and len(cores) > 1 else "",
                level=level,
                trace=_trace_options(trace, window, f"{config.name}-{name}", core, len(jobs)),
            )
            jobs.append(job)
    warn_of_unused(configs, system)
    if trace is not None:
        make_folder("--trace", trace)
    if simulator == "verilator":
        # Before the jobs, each of which would otherwise compile it at the same time as the others.
        with counting("compiling Verilator's library, once", len(USUAL), "files") as progress:
            prepare_library(lambda: progress.advance(progress.task_ids[0]))
    outcomes = watch(jobs, work)
    if junit is not None:
        write_files(junit.parent, {junit.name: junit_text(outcomes)})
    if as_json:
        write_json([as_dict(outcome) for outcome in outcomes])
    else:
        print_verdicts(outcomes, has_traces=trace is not None)
    return 0 if all(outcome.passed for outcome in outcomes) else EXIT_NOT_EXACT


def _default(config: Config, simulator: str, tell: Callable[[str], None]) -> int:
    """How many cycles are compared where none are asked for; said, where they are not all."""
    count, orbit = default_cycles(config, simulator), config.parameters.joint_orbit
    if count < orbit:
        every = short_number(orbit)
        tell(f"{config.name}: {count:,} of {every} cycles of the joint orbit; more: --cycles N")
    return count


def _trace_options(
    folder: Path | None, window: int | None, name: str, core: CoreOnDisk | None, number: int
) -> TraceOptions | None:
    """What is recorded of a job, in files of a name that is no other job's."""
    if folder is None:
        return None
    name = f"{name}-{number}" if core is not None else name
    return TraceOptions(folder=folder.resolve(), name=name, window=window)


def _benches(config: Config, system: str, bench: str | None, *, top_only: bool) -> tuple[str, ...]:
    known = (system,) if top_only else bench_names(config, system)
    if bench is None:
        return known
    if bench not in known:
        listed = ", ".join(known)
        raise PezoError(f'--bench = "{bench}" is not allowed; allowed for {config.name}: {listed}')
    return (bench,)


def _cores_in(
    rtl: Path, config: Config, system: str, tell: Callable[[str], None]
) -> list[CoreOnDisk | None]:
    """Every core of a configuration that lies there, once it is said which they are."""
    cores = cores_on_disk(config, rtl, system)
    for core in cores:
        remark = f" ({core.remark})" if core.remark else ""
        tell(f"found {config.name} {system}: {core.place}{remark}")
    return list(cores)
