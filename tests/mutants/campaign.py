"""Try mutants, several at a time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from tests.mutants.mirror import Stage, stages_of
from tests.mutants.mutant import Mutant
from tests.mutants.verdicts import Verdict, digest
from tests.mutants.workspace import Workspace, end_tests

# How often the CPU seconds that they take without a mutant the tests may take.
_PATIENCE = 3
# Without a mutant.
_LONGEST = 3600


@dataclass(kw_only=True)
class Campaign:
    """Workspaces, and what the tests take where nothing is broken.

    Attributes
    ----------
    root : Path
        The checkout.
    workers : int
        How many mutants are tried at a time.
    allowance : float
        CPU seconds that the tests may take beyond a multiple of what they take without a mutant;
        one that has no end takes all of them.
    """

    root: Path
    workers: int
    allowance: float = 10
    _free: SimpleQueue[Workspace] = field(default_factory=SimpleQueue)
    _modules: dict[tuple[str, bool], Future[float]] = field(default_factory=dict)
    _once: Lock = field(default_factory=Lock)
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
    ) -> None:
        """Call back with each verdict, as soon as it is known.

        All mutants meet the quick tests first, and those that are left the slow ones.

        Raises
        ------
        RuntimeError
            With a test that fails where nothing is broken: it proves nothing.
        """
        with ThreadPoolExecutor(self.workers) as pool:

            def meet(mutant: Mutant, slow: bool) -> Future[Verdict]:
                return pool.submit(self._in_workspace, mutant, sources[mutant.path], slow)

            running = {meet(mutant, False): 0.0 for mutant in mutants}
            quick = set(running)
            try:
                while running:
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        verdict = _later(future.result(), running.pop(future))
                        if verdict.survived and future in quick:
                            running[meet(verdict.mutant, True)] = verdict.seconds
                        else:
                            on_verdict(verdict)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                while not all(future.done() for future in running):
                    end_tests()
                    time.sleep(0.1)
                raise

    def _in_workspace(self, mutant: Mutant, source: str, slow: bool) -> Verdict:
        workspace = self._free.get()
        try:
            return self._try_one(workspace, mutant, source, slow)
        finally:
            self._free.put(workspace)

    def _try_one(self, workspace: Workspace, mutant: Mutant, source: str, slow: bool) -> Verdict:
        """One stage after another, each with its fastest tests first, until a test fails."""
        verdict = Verdict(mutant=mutant, source=digest(source), lines=mutant.lines(source))
        for stage in stages_of(mutant.path, workspace.folder):
            if stage.slow == slow and verdict.survived:
                seconds = self._unbroken(workspace, stage)
                fastest_first = replace(
                    stage, tests=tuple(sorted(seconds, key=seconds.__getitem__))
                )
                with workspace.broken(mutant):
                    run = workspace.test(
                        fastest_first, limit=self.allowance + _PATIENCE * sum(seconds.values())
                    )
                verdict = _later(verdict, run.seconds)
                if not run.passed:
                    verdict = replace(verdict, killed_by=run.failed)
        return verdict

    def _unbroken(self, workspace: Workspace, stage: Stage) -> dict[str, float]:
        """The CPU seconds of each module without a mutant, which is run when it is first needed."""
        with self._once:
            new = tuple(test for test in stage.tests if (test, stage.slow) not in self._modules)
            self._modules |= {(test, stage.slow): Future() for test in new}
        if new:
            try:
                seconds = _passing(workspace, replace(stage, tests=new))
            except BaseException as error:
                for test in new:
                    self._modules[test, stage.slow].set_exception(error)
            else:
                for test in new:
                    self._modules[test, stage.slow].set_result(seconds[test])
        return {test: self._modules[test, stage.slow].result() for test in stage.tests}


def _later(verdict: Verdict, seconds: float) -> Verdict:
    return replace(verdict, seconds=round(verdict.seconds + seconds, 1))


def _passing(workspace: Workspace, stage: Stage) -> dict[str, float]:
    run = workspace.test(stage, limit=_LONGEST)
    if not run.passed:
        what = run.failed or ", ".join(stage.tests)
        raise RuntimeError(f"{what} fails where nothing is broken\n{run.end}")
    return run.of_module
