"""A word now and then while a command takes long and nobody sees a progress bar."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

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
