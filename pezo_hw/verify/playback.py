"""Plays a bench's scenarios on a device, whatever simulates it, and keeps the journal."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from ..bench.bench import Bench, Block
from ..bench.mismatch import Mismatch
from ..bench.scenario import Scenario
from .job import Progress
from .trace import Trace

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
    trace : Trace, optional
        Takes the waveform.
    """

    def __init__(
        self, bench: Bench, drive: Drive, folder: Path, trace: Trace | None = None
    ) -> None:
        self._bench = bench
        self._drive = drive
        self._folder = folder
        self._trace = trace
        self._started = time.monotonic()
        self._cycles = self._beats = 0

    async def run(self, scenario: Scenario) -> None:
        """Play one scenario.

        Raises
        ------
        MismatchError
            At the first mismatch, once it is in the journal.
        """
        blocks = self._bench.blocks(scenario)
        for block in blocks:
            samples = await self._drive(block)
            mismatch = block.mismatch(samples, self._bench.fields)
            failure = ""
            if mismatch is not None:
                failure = f"{scenario.name}: {mismatch.summary(self._cycles)}"
                # To the log, whole; the journal's line names the first number alone.
                print(f"{scenario.name}: {mismatch.report(self._cycles)}", flush=True)
            self._record(scenario, block, samples, mismatch)
            self._cycles += len(block)
            self._beats += block.beats
            self._note("simulate", failure)
            if failure:
                await self._follow(scenario, blocks)
                raise MismatchError(failure)

    def finish(self) -> None:
        """Note that every scenario has passed."""
        if self._trace is not None:
            self._trace.finish()
        self._note("done", "")

    def _record(
        self,
        scenario: Scenario,
        block: Block,
        samples: dict[str, list[str]],
        mismatch: Mismatch | None,
    ) -> None:
        if self._trace is not None:
            cycle = None if mismatch is None else self._cycles + mismatch.cycle
            self._trace.record(scenario.name, self._cycles, block, samples, cycle)

    async def _follow(self, scenario: Scenario, blocks: Iterator[Block]) -> None:
        """What comes after a mismatch, as far as the waveform has it; then the waveform ends."""
        while self._trace is not None and self._trace.wants_more:
            block = next(blocks, None)
            if block is None:
                break
            self._record(scenario, block, await self._drive(block), None)
            self._cycles += len(block)
        if self._trace is not None:
            self._trace.finish()

    def _note(self, stage: str, failure: str) -> None:
        Progress(
            stage=stage,
            cycles=self._cycles,
            beats=self._beats,
            seconds=time.monotonic() - self._started,
            failure=failure,
        ).append_to(self._folder)
