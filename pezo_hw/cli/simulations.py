"""Simulations under way, with a bar for each and a line for what has ended."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from rich.progress import Progress, TaskID, TextColumn
from rich.text import Text

from ..errors import PezoError
from ..text import printable
from ..tools.folders import new_temporary_folder, temporary_root
from ..tools.leftovers import SUFFIX, held, keep, sweep
from ..verify import Job, Outcome
from ..verify import verify as carry_out
from ..verify.job import Progress as JobProgress
from .progress import bars, patience
from .terminal import in_lines, progress_screen, room
from .verdicts import verdict


def watch(jobs: list[Job], work: Path | None) -> list[Outcome]:
    """Carry the jobs out behind a progress display; their folders stay where one has failed."""
    folder = _work_folder(work)
    outcomes: list[Outcome] = []
    try:
        report = patience.during(partial(_report, jobs, outcomes))
        with held(folder), bars(TextColumn("{task.fields[stage]}")) as display, report:
            _collect(jobs, folder, display, outcomes)
    finally:
        if work is None and all(outcome.passed for outcome in outcomes):
            shutil.rmtree(folder, ignore_errors=True)
        elif work is None:
            keep(folder)
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
        sweep(temporary_root())
        return new_temporary_folder("pezo-verify-", SUFFIX)
    make_folder("--work", work, is_new=True)
    return work.resolve()


def make_folder(option: str, folder: Path, *, is_new: bool = False) -> None:
    """Make the folder of an option; a `PezoError` names the option where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=not is_new)
    except OSError as error:
        allowed = "allowed: a folder that can be made"
        raise PezoError(f'{option} = "{folder}": {error.strerror}; {allowed}') from None


def _line(outcome: Outcome) -> Text:
    speed = outcome.cycles / outcome.seconds if outcome.seconds else 0.0
    name = f"{outcome.job.config.name} {outcome.job.title}"
    cycles = f"{outcome.cycles:,} clock cycles at {speed:,.0f} a second"
    return Text.assemble(verdict(outcome), printable(f" {name}: {cycles}"))
