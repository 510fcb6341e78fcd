"""Try mutants, several at a time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from tests.mutants.executed import Executed, Meets, Recordings, read_notes
from tests.mutants.mirror import Stage, mirror_of, stages_of
from tests.mutants.mutant import Mutant
from tests.mutants.statements import carried_out_with
from tests.mutants.verdicts import Verdict, digest
from tests.mutants.workspace import Workspace, end_tests

# How often the CPU seconds that they take without a mutant the tests may take.
_PATIENCE = 3
# Without a mutant.
_LONGEST = 3600
# Test modules that are recorded together: a process imports what they share once.
_TOGETHER = {False: 8, True: 3}
Given, Found = TypeVar("Given"), TypeVar("Found")


@dataclass(kw_only=True)
class Campaign:
    """Workspaces, and what the tests take where nothing is broken.

    Attributes
    ----------
    root : Path
        The checkout.
    workers : int
        How many mutants are tried at a time.
    recordings : Recordings
        What is known of the tests where nothing is broken.
    allowance : float
        CPU seconds that the tests may take beyond a multiple of what they take without a mutant;
        one that has no end takes all of them.
    """

    root: Path
    workers: int
    recordings: Recordings
    allowance: float = 10
    _free: SimpleQueue[Workspace] = field(default_factory=SimpleQueue)
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Campaign:
        for _ in range(self.workers):
            name = self._open.enter_context(tempfile.TemporaryDirectory(prefix="pezo-mutants-"))
            self._free.put(Workspace.copy_of(self.root, Path(name)))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def try_all(
        self,
        mutants: Sequence[Mutant],
        sources: Mapping[str, str],
        on_verdict: Callable[[Verdict], None],
        on_recorded: Callable[[list[Executed]], None] = lambda _: None,
    ) -> None:
        """Call back with each verdict, as soon as it is known.

        All mutants meet the quick tests first, and those that are left the slow ones. Before that
        the tests run once where nothing is broken, and what each of them carries out is recorded.

        Raises
        ------
        RuntimeError
            With a test that fails where nothing is broken: it proves nothing.
        """
        left = [
            Verdict(mutant=m, source=digest(sources[m.path]), lines=m.lines(sources[m.path]))
            for m in mutants
        ]
        for slow in (False, True):
            for found in self._in_parallel(self._record, self._unknown(left, slow)):
                self.recordings.add(found)
                on_recorded(found)
            tried, left = left, []
            for verdict in self._in_parallel(partial(self._meet, sources, slow), tried):
                if verdict.survived and not slow:
                    left.append(verdict)
                else:
                    on_verdict(verdict)

    def _in_parallel(
        self, do: Callable[[Workspace, Given], Found], given: Sequence[Given]
    ) -> Iterator[Found]:
        """Each in a workspace of its own; in the order in which they end."""

        def in_workspace(one: Given) -> Found:
            workspace = self._free.get()
            try:
                return do(workspace, one)
            finally:
                self._free.put(workspace)

        with ThreadPoolExecutor(self.workers) as pool:
            running = [pool.submit(in_workspace, one) for one in given]
            try:
                for future in as_completed(running):
                    yield future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                while not all(future.done() for future in running):
                    end_tests()
                    time.sleep(0.1)
                raise

    def _unknown(self, verdicts: Iterable[Verdict], slow: bool) -> list[Stage]:
        """The test modules that these mutants meet and nothing is known of, some at a time."""
        needed = {test for v in verdicts for test in mirror_of(v.mutant.path, self.root)}
        missing = sorted(test for test in needed if self.recordings.is_unknown(test, slow))
        size = _TOGETHER[slow]
        parts = (missing[at : at + size] for at in range(0, len(missing), size))
        return [Stage(tests=tuple(part), slow=slow) for part in parts]

    def _record(self, workspace: Workspace, stage: Stage) -> list[Executed]:
        """Run the tests where nothing is broken."""
        recorded, notes = workspace.record(stage, limit=_LONGEST)
        if not recorded.passed:  # it may be because they are looked at
            run = workspace.test(stage, limit=_LONGEST)
            if not run.passed:
                what = run.failed or ", ".join(stage.tests)
                raise RuntimeError(f"{what} fails where nothing is broken\n{run.end}")
        if recorded.complete:
            return read_notes(notes, stage.tests, stage.slow, recorded.seconds)
        start = recorded.seconds / len(stage.tests)
        return [Executed(module=m, slow=stage.slow, start=start) for m in stage.tests]

    def _meet(
        self, sources: Mapping[str, str], slow: bool, workspace: Workspace, verdict: Verdict
    ) -> Verdict:
        """One stage after another, each with its fastest tests first, until a test fails."""
        mutant = verdict.mutant
        lines = carried_out_with(sources[mutant.path], mutant.broken_lines(sources[mutant.path]))
        for stage in stages_of(mutant.path, workspace.folder):
            if stage.slow == slow and verdict.survived:
                known = [self.recordings.of(test, slow) for test in stage.tests]
                meets = [Meets.of(k, mutant.path, lines) for k in known if k is not None]
                verdict = self._run(workspace, verdict, [m for m in meets if m.any_test], slow)
        return verdict

    def _run(
        self, workspace: Workspace, verdict: Verdict, meets: list[Meets], slow: bool
    ) -> Verdict:
        if not meets:
            return verdict
        meets.sort(key=lambda each: each.seconds)
        with workspace.broken(verdict.mutant):
            run = workspace.test(
                Stage(tests=tuple(each.module for each in meets), slow=slow),
                limit=self.allowance + _PATIENCE * sum(each.seconds for each in meets),
                left_out=[test for each in meets for test in each.left_out],
            )
        seconds = round(verdict.seconds + run.seconds, 1)
        return replace(verdict, seconds=seconds, killed_by=None if run.passed else run.failed)
