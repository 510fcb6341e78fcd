"""Try mutants, several at a time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.mirror import mirror_of
from tests.mutants.mutant import Mutant, changed_lines
from tests.mutants.verdicts import Verdict, digest
from tests.mutants.workspace import Workspace, end_tests

# The time that the tests may take of what they take without a mutant, and what starting takes.
_PATIENCE, _START = 4, 30


@dataclass(kw_only=True)
class Campaign:
    """Workspaces, and how long the tests take where nothing is broken.

    Attributes
    ----------
    root : Path
        The checkout.
    workers : int
        How many mutants are tried at a time.
    longest_test : float
        After how many seconds a test counts as failed that is not marked as slow.
    """

    root: Path
    workers: int
    longest_test: float = 60
    _free: SimpleQueue[Workspace] = field(default_factory=SimpleQueue)
    _seconds: dict[tuple[frozenset[str], bool], float] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Campaign:
        for _ in range(self.workers):
            name = self._open.enter_context(tempfile.TemporaryDirectory(prefix="pezo-mutants-"))
            workspace = Workspace.copy_of(self.root, Path(name))
            self._free.put(replace(workspace, longest_test=self.longest_test))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def measure(self, paths: Sequence[str], on_tests: Callable[[str], None]) -> None:
        """Run the tests of these modules without a mutant: a test that fails then proves nothing.

        Raises
        ------
        RuntimeError
            With the test that failed.
        """
        wanted = {frozenset(tests): tests for tests in (mirror_of(p, self.root) for p in paths)}
        jobs = [(tests, slow) for tests in wanted.values() for slow in (False, True)]
        for line in self._side_by_side(self._measure_one, jobs):
            on_tests(line)

    def try_all(
        self,
        mutants: Sequence[Mutant],
        sources: Mapping[str, str],
        on_verdict: Callable[[Verdict], None],
    ) -> None:
        """Call back with each verdict, in the order of the mutants."""
        jobs = [(mutant, sources[mutant.path]) for mutant in mutants]
        for verdict in self._side_by_side(self._try_one, jobs):
            on_verdict(verdict)

    def _side_by_side(self, work, jobs):
        with ThreadPoolExecutor(self.workers) as pool:
            futures = [pool.submit(self._in_workspace, work, job) for job in jobs]
            try:
                for future in futures:
                    yield future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                while not all(future.done() for future in futures):
                    end_tests()
                    time.sleep(0.1)
                raise

    def _in_workspace(self, work, job):
        workspace = self._free.get()
        try:
            return work(workspace, *job)
        finally:
            self._free.put(workspace)

    def _measure_one(self, workspace: Workspace, tests: Sequence[str], slow: bool) -> str:
        run = workspace.test(tests, slow=slow, limit=3600)
        if not run.passed:
            raise RuntimeError(f"{run.failed or tests[0]} fails where nothing is broken")
        self._seconds[frozenset(tests), slow] = run.seconds
        return f"{'slow' if slow else 'quick'} tests beside {tests[0]}: {run.seconds:.0f} s"

    def _try_one(self, workspace: Workspace, mutant: Mutant, source: str) -> Verdict:
        """The quick tests, and those marked as slow where the quick ones see nothing."""
        tests = mirror_of(mutant.path, workspace.folder)
        with workspace.broken(mutant) as (before, now):
            seconds = 0.0
            for slow in (False, True):
                limit = _START + _PATIENCE * self._seconds[frozenset(tests), slow]
                run = workspace.test(tests, slow=slow, limit=limit)
                seconds += run.seconds
                if not run.passed:
                    break
        return Verdict(
            mutant=mutant,
            source=digest(source),
            killed_by=None if run.passed else run.failed,
            seconds=round(seconds, 1),
            lines=changed_lines(before, now),
        )
