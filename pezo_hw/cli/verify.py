"""``pezo verify``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import product
from pathlib import Path

import rich_click as click
from rich.progress import Progress, TaskID, TextColumn
from rich.text import Text

from ..audit import CoreOnDisk, cores_on_disk, verilog_without_manifest
from ..config import Config
from ..errors import ConfigError, PezoError
from ..systems.registry import CORE, SYSTEMS
from ..text import printable, short_number
from ..tools.files import write_files
from ..tools.folders import new_temporary_folder
from ..tools.simulation import USUAL, prepare_library
from ..verify import (
    LEVELS,
    SIMULATORS,
    Job,
    Outcome,
    bench_names,
    default_cycles,
    require_simulator,
)
from ..verify import verify as carry_out
from ..verify.fst import require_fst
from ..verify.job import Progress as JobProgress
from ..verify.trace import TraceOptions
from . import completion
from .common import CONFIG, FILE, FOLDER, JSON, distinct_names, warn_of_unused, write_json
from .junit import junit_text
from .progress import bars, counting, patience
from .table import Table
from .terminal import in_lines, progress_screen, room, say, write

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
    type=click.IntRange(min=1),
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
@click.option("--work", type=FOLDER, metavar="DIR", help="Keep builds and logs in this new folder.")
@click.option(
    "--trace",
    type=FOLDER,
    metavar="DIR",
    help="Write a waveform (FST) of each bench to this folder, expected beside actual.",
)
@click.option(
    "--window",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --trace: only N clock cycles before and after the first one that differs.",
)
@click.option("--junit", type=FILE, metavar="FILE", help="Write the verdicts as JUnit's XML.")
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
        _make_folder("--trace", trace)
    tell = say if as_json else write
    for unknown in [] if rtl is None else verilog_without_manifest(rtl):
        tell(f"not tested: {unknown} has no manifest")
    jobs: list[Job] = []
    for config in configs:
        SYSTEMS[system].check(config)
        # Modules have no files, and no netlist, of their own.
        top_only = rtl is not None or level == "netlist"
        benches = _benches(config, system, bench, top_only=top_only)
        count = _default(config, simulator) if cycles is None else cycles
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
    if simulator == "verilator":
        # Before the jobs, each of which would otherwise compile it at the same time as the others.
        with counting("compiling Verilator's library, once", len(USUAL), "files") as progress:
            prepare_library(lambda: progress.advance(progress.task_ids[0]))
    outcomes = _watch(jobs, work)
    if junit is not None:
        write_files(junit.parent, {junit.name: junit_text(outcomes)})
    if as_json:
        write_json([_as_dict(outcome) for outcome in outcomes])
    else:
        _print(outcomes, has_traces=trace is not None)
    return 0 if all(outcome.passed for outcome in outcomes) else EXIT_NOT_EXACT


def _as_dict(outcome: Outcome) -> dict[str, object]:
    job = outcome.job
    return {
        "config": job.config.name,
        "bench": job.bench,
        "place": job.place,
        "simulator": job.simulator,
        "level": job.level,
        "joint_orbit": job.config.parameters.joint_orbit,
        "beats": outcome.beats,
        "cycles": outcome.cycles,
        "seconds": outcome.seconds,
        "verdict": _verdict(outcome).plain,
        "failure": outcome.failure,
        "waveform": None if outcome.waveform is None else str(outcome.waveform),
    }


def _print(outcomes: list[Outcome], *, has_traces: bool) -> None:
    _summary(outcomes).show()
    if has_traces:
        _say_traces(outcomes)
    for outcome in (outcome for outcome in outcomes if not outcome.passed):
        verdict = "not bit-exact" if outcome.is_mismatch else "not compared"
        who = f"{outcome.job.config.name} {outcome.job.title}"
        write(Text(verdict, "red"), f": {who}, {outcome.failure}")


def _default(config: Config, simulator: str) -> int:
    """How many cycles are compared where none are asked for; said, where they are not all."""
    count, orbit = default_cycles(config, simulator), config.parameters.joint_orbit
    if count < orbit:
        every = short_number(orbit)
        write(f"{config.name}: {count:,} of {every} cycles of the joint orbit; more: --cycles N")
    return count


def _trace_options(
    folder: Path | None, window: int | None, name: str, core: CoreOnDisk | None, number: int
) -> TraceOptions | None:
    """What is recorded of a job, in files of a name that is no other job's."""
    if folder is None:
        return None
    name = f"{name}-{number}" if core is not None else name
    return TraceOptions(folder=folder.resolve(), name=name, window=window)


def _say_traces(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        who = f"{outcome.job.config.name} {outcome.job.title}"
        if outcome.waveform is not None:
            others = f"{outcome.waveform.stem}.gtkw for GTKWave, .sucl for Surfer"
            write(printable(f"waveform of {who}: {outcome.waveform}, and beside it {others}"))
        elif outcome.passed:
            write(printable(f"no waveform of {who}: nothing differs, and --window has no place"))
        else:
            write(printable(f"no waveform of {who}: it was not compared"))


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


def _watch(jobs: list[Job], work: Path | None) -> list[Outcome]:
    """Carry the jobs out behind a progress display; their folders stay where one has failed."""
    folder = _work_folder(work)
    outcomes: list[Outcome] = []
    try:
        report = patience.during(partial(_report, jobs, outcomes))
        with bars(TextColumn("{task.fields[stage]}")) as display, report:
            _collect(jobs, folder, display, outcomes)
    finally:
        if work is None and all(outcome.passed for outcome in outcomes):
            shutil.rmtree(folder, ignore_errors=True)
    return outcomes


def _report(jobs: list[Job], outcomes: list[Outcome]) -> str:
    """How far they are, in words; nothing where bars show it."""
    has_bars = progress_screen().is_terminal
    return "" if has_bars else f"simulating: {len(outcomes)} of {len(jobs)} benches"


def _collect(jobs: list[Job], folder: Path, display: Progress, outcomes: list[Outcome]) -> None:
    """Append the outcomes as they come, with a bar for each job that is under way."""
    tasks: dict[int, TaskID] = {
        id(job): display.add_task(
            printable(f"{job.config.name} {job.title}"),
            total=job.cycles,
            stage="waiting",
            start=False,
        )
        for job in jobs
    }

    def show(job: Job, progress: JobProgress) -> None:
        display.start_task(tasks[id(job)])
        display.update(tasks[id(job)], completed=progress.beats, stage=progress.stage)

    # Closed here, not whenever: the folder may be removed once nobody works in it.
    with closing(carry_out(jobs, folder, show)) as found:
        for outcome in found:
            display.remove_task(tasks[id(outcome.job)])
            for line in in_lines(_line(outcome), room(sys.stderr)):
                display.console.print(line, soft_wrap=True)
            outcomes.append(outcome)


def _work_folder(work: Path | None) -> Path:
    """A new folder."""
    if work is None:
        return new_temporary_folder("pezo-verify-")
    _make_folder("--work", work, is_new=True)
    return work.resolve()


def _make_folder(option: str, folder: Path, *, is_new: bool = False) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=not is_new)
    except OSError as error:
        allowed = "allowed: a folder that can be made"
        raise PezoError(f'{option} = "{folder}": {error.strerror}; {allowed}') from None


def _line(outcome: Outcome) -> Text:
    speed = outcome.cycles / outcome.seconds if outcome.seconds else 0.0
    name = f"{outcome.job.config.name} {outcome.job.title}"
    cycles = f"{outcome.cycles:,} clock cycles at {speed:,.0f} a second"
    return Text.assemble(_verdict(outcome), printable(f" {name}: {cycles}"))


def _verdict(outcome: Outcome) -> Text:
    if outcome.passed:
        return Text("bit-exact", "green")
    return Text("DIFFERS" if outcome.is_mismatch else "FAILED", "red")


def _summary(outcomes: list[Outcome]) -> Table:
    simulator = outcomes[0].job.simulator
    title = f"against the golden model, bit for bit ({simulator})"
    table = Table(title=title, headings=("config", "bench", "beats", "orbit", "verdict"), left=2)
    for outcome in outcomes:
        table.row(
            outcome.job.config.name,
            outcome.job.title,
            f"{outcome.beats:,}",
            f"{outcome.job.config.parameters.joint_orbit:,}",
            _verdict(outcome),
        )
    return table
