"""``pezo verify``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import rich_click as click
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from ..config import Config
from ..errors import PezoError
from ..systems.registry import CORE, SYSTEMS
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
from ..verify.job import Progress as JobProgress
from ..verify.written import written_core
from .common import CONFIG, FOLDER, console, distinct_names, progress_console

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
    help="Cycles of the stream to compare; default: the whole joint orbit within reason.",
)
@click.option(
    "--system",
    type=click.Choice(tuple(SYSTEMS)),
    default=CORE,
    show_default=True,
    help="What to test: the core and its modules, or what pezo generate puts around it.",
)
@click.option("--bench", metavar="NAME", help="Only this bench (core, lfsr-bank, ...), not all.")
@click.option(
    "--rtl",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Test the cores that pezo generate wrote to DIR, not fresh ones.",
)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="rtl",
    show_default=True,
    help="What to simulate: the Verilog, or the UltraScale+ netlist that Yosys maps the core to.",
)
@click.option("--work", type=FOLDER, metavar="DIR", help="Keep builds and logs in this new folder.")
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
    jobs = []
    for config in configs:
        SYSTEMS[system].check(config)
        top_only = rtl is not None or level == "netlist"
        benches = _benches(config, system, bench, top_only=top_only)
        count = default_cycles(config, simulator) if cycles is None else cycles
        files = None if rtl is None else written_core(config, rtl, system)
        for name in benches:
            job = Job(
                config=config,
                bench=name,
                simulator=simulator,
                cycles=count,
                rtl=files,
                level=level,
            )
            jobs.append(job)
    outcomes = _watch(jobs, work)
    console.print(_summary(outcomes))
    failures = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failures:
        verdict = "not bit-exact" if outcome.differs else "not compared"
        who = f"{outcome.job.config.name} {outcome.job.bench}"
        console.print(f"[red]{verdict}[/]: {who}, {outcome.failure}", soft_wrap=True)
    return EXIT_NOT_EXACT if failures else 0


def _benches(config: Config, system: str, bench: str | None, *, top_only: bool) -> tuple[str, ...]:
    known = (system,) if top_only else bench_names(config, system)
    if bench is None:
        return known
    if bench not in known:
        listed = ", ".join(known)
        raise PezoError(f'--bench = "{bench}" is not allowed; allowed for {config.name}: {listed}')
    return (bench,)


def _watch(jobs: list[Job], work: Path | None) -> list[Outcome]:
    """Carry the jobs out behind a progress display; their folders stay where one has failed."""
    folder = _work_folder(work)
    outcomes: list[Outcome] = []
    try:
        with _display() as display:
            _collect(jobs, folder, display, outcomes)
    finally:
        if work is None and all(outcome.passed for outcome in outcomes):
            shutil.rmtree(folder, ignore_errors=True)
    return outcomes


def _display() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[stage]}"),
        TimeElapsedColumn(),
        console=progress_console,
        transient=True,
        disable=not progress_console.is_terminal,
    )


def _collect(jobs: list[Job], folder: Path, display: Progress, outcomes: list[Outcome]) -> None:
    """Append the outcomes as they come, with a bar for each job that is under way."""
    tasks: dict[int, TaskID] = {
        id(job): display.add_task(
            f"{job.config.name} {job.bench}", total=job.cycles, stage="waiting", start=False
        )
        for job in jobs
    }

    def show(job: Job, progress: JobProgress) -> None:
        display.start_task(tasks[id(job)])
        display.update(tasks[id(job)], completed=progress.beats, stage=progress.stage)

    for outcome in carry_out(jobs, folder, show):
        display.remove_task(tasks[id(outcome.job)])
        display.console.print(_line(outcome), soft_wrap=True)
        outcomes.append(outcome)


def _work_folder(work: Path | None) -> Path:
    """A new folder; make, which Verilator's builds go through, knows no spaces in names."""
    if any(space in str((work or Path(tempfile.gettempdir())).resolve()) for space in " \t"):
        raise PezoError("--work needs a path without spaces; allowed: --work DIR with such a path")
    if work is None:
        return Path(tempfile.mkdtemp(prefix="pezo-verify-"))
    try:
        work.mkdir(parents=True)
    except OSError as error:
        allowed = "allowed: a folder that can be made"
        raise PezoError(f'--work = "{work}": {error.strerror}; {allowed}') from None
    return work.resolve()


def _line(outcome: Outcome) -> str:
    speed = outcome.cycles / outcome.seconds if outcome.seconds else 0.0
    name = f"{outcome.job.config.name} {outcome.job.bench}"
    cycles = f"{outcome.cycles:,} clock cycles at {speed:,.0f} a second"
    return f"{_verdict(outcome)} {name}: {cycles}"


def _verdict(outcome: Outcome) -> str:
    if outcome.passed:
        return "[green]bit-exact[/]"
    return "[red]DIFFERS[/]" if outcome.differs else "[red]FAILED[/]"


def _summary(outcomes: list[Outcome]) -> Table:
    simulator = outcomes[0].job.simulator
    table = Table(title=f"against the golden model, bit for bit ({simulator})")
    for heading in ("config", "bench"):
        table.add_column(heading, no_wrap=True)
    for heading in ("beats", "orbit"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for outcome in outcomes:
        table.add_row(
            outcome.job.config.name,
            outcome.job.bench,
            f"{outcome.beats:,}",
            f"{outcome.job.config.parameters.joint_orbit:,}",
            _verdict(outcome),
        )
    return table
