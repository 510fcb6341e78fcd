"""Plays a bench's scenarios on a device, whatever simulates it, and keeps the journal."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from ..bench.bench import Bench, Block
from ..bench.scenario import Scenario
from .job import Progress

Drive = Callable[[Block], Awaitable[dict[str, list[str]]]]
"""Drives a block's inputs, cycle by cycle, and returns what each output pin showed, as bits."""


class MismatchError(AssertionError):
    """The device showed something else than the golden model."""


class Playback:
    """Runs scenarios one after another on the same device, comparing every block.

    Parameters
    ----------
    bench : Bench
        Stimulus and golden response.
    drive : callable
        The simulator's part.
    folder : Path
        Where the journal is kept.
    """

    def __init__(self, bench: Bench, drive: Drive, folder: Path) -> None:
        self._bench = bench
        self._drive = drive
        self._folder = folder
        self._started = time.monotonic()
        self._cycles = self._beats = 0

    async def run(self, scenario: Scenario) -> None:
        """Play one scenario.

        Raises
        ------
        MismatchError
            At the first mismatch, once it is in the journal.
        """
        for block in self._bench.blocks(scenario):
            mismatch = block.mismatch(await self._drive(block), self._bench.fields)
            failure = ""
            if mismatch is not None:
                failure = f"{scenario.name}: {mismatch.summary(self._cycles)}"
                # To the log, whole; the journal's line names the first number alone.
                print(f"{scenario.name}: {mismatch.report(self._cycles)}", flush=True)
            self._cycles += len(block)
            self._beats += block.beats
            self._note("simulate", failure)
            if failure:
                raise MismatchError(failure)

    def finish(self) -> None:
        """Note that every scenario has passed."""
        self._note("done", "")

    def _note(self, stage: str, failure: str) -> None:
        Progress(
            stage=stage,
            cycles=self._cycles,
            beats=self._beats,
            seconds=time.monotonic() - self._started,
            failure=failure,
        ).append_to(self._folder)
