"""How far a command is: a progress bar, or a word now and then where nobody sees one."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Column

from ..text import printable
from .terminal import progress_screen

Report = Callable[[], str]

FIRST_SECONDS = 2.0
_LONGEST_SILENCE = 60.0


class Patience:
    """Says on standard error what is being done, at intervals that double up to a minute.

    Nothing is said while a progress bar is shown, or where what is done ends soon enough.
    """

    def __init__(self) -> None:
        self._reports: list[Report] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """While the block is carried out, there is somebody who says so."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(done,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()

    @contextmanager
    def during(self, report: Report) -> Iterator[None]:
        """What is done in the block, as it stands when asked; "" where a bar shows it already."""
        self._reports.append(report)
        try:
            yield
        finally:
            self._reports.remove(report)

    def _watch(self, done: threading.Event) -> None:
        started = time.monotonic()
        wait = FIRST_SECONDS
        while not done.wait(wait):
            # A copy: the list is another thread's, and may be empty by the next line.
            latest = self._reports[-1:]
            said = latest[0]() if latest else "working"
            if said:
                with suppress(OSError, ValueError):  # of an output that is gone
                    seconds = time.monotonic() - started
                    print(f"pezo: {said}, {seconds:.0f} s so far", file=sys.stderr, flush=True)
            wait = min(2 * wait, _LONGEST_SILENCE)


patience = Patience()


@contextmanager
def counting(description: str, total: int, unit: str) -> Iterator[Progress]:
    """A progress bar on standard error with one task; gone once it is finished.

    Where there is no terminal, what it would show is said now and then.
    """
    count = MofNCompleteColumn(table_column=Column(no_wrap=True))
    with bars(count, TextColumn(unit)) as progress:
        progress.add_task(printable(description), total=total)
        with patience.during(partial(_report, progress, unit)):
            yield progress


def _report(progress: Progress, unit: str) -> str:
    """How far the one task is, in words; nothing where a bar shows it."""
    task = progress.tasks[0]
    has_bar = progress_screen().is_terminal
    return "" if has_bar else f"{task.description}: {task.completed:.0f} of {task.total:.0f} {unit}"


def bars(*columns: ProgressColumn) -> Progress:
    """Progress bars on standard error, gone once they are finished; ``columns`` stand after them.

    Where there is little room, the bar gives way, then the description wraps.
    """
    screen = progress_screen()
    return Progress(
        TextColumn("{task.description}", markup=False, table_column=Column()),
        BarColumn(),
        *columns,
        TimeElapsedColumn(table_column=Column(no_wrap=True)),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )
