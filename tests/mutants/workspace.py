"""A copy of the checkout in which mutants are made and tested; the checkout is only read."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from tests.mutants.mutant import Mutant

# A mutant may fill the memory: it is what the kernel then ends, and not something beside it.
_FIRST_TO_GO = 'echo 1000 > /proc/$$/oom_score_adj 2> /dev/null; exec "$@"'
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
_NO_TESTS = 5
_running: set[subprocess.Popen[str]] = set()


@dataclass(frozen=True, kw_only=True)
class Run:
    """What the tests said.

    Attributes
    ----------
    passed : bool
        Whether every one of them passed.
    failed : str
        The first that failed; empty where none did, or none was named.
    seconds : float
        How long they took.
    """

    passed: bool
    failed: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A folder with the tracked and the new files of a checkout.

    Attributes
    ----------
    folder : Path
        Where it is.
    longest_test : float
        After how many seconds a test counts as failed that is not marked as slow.
    """

    folder: Path
    longest_test: float = 60

    @classmethod
    def copy_of(cls, root: Path, folder: Path) -> Workspace:
        """A new one; what git ignores is left out."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for name in filter(None, listed.split("\0")):
            if (root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, folder / name)
        return cls(folder=folder)

    @contextmanager
    def broken(self, mutant: Mutant) -> Iterator[tuple[str, str]]:
        """With the mutant in place of the file; the texts of the file before and now."""
        file = self.folder / mutant.path
        source = file.read_text("utf-8")
        changed = mutant.apply(source)
        try:
            self._write(file, changed)
            yield source, changed
        finally:
            self._write(file, source)

    def test(self, files: Sequence[str], *, slow: bool, limit: float) -> Run:
        """Run test modules in order until a test fails or the time is up.

        Without ``slow`` the tests that are marked so are left out; with it there are no others.
        """
        started = time.monotonic()
        chosen = ["slow"] if slow else ["not slow", f"--timeout={self.longest_test}"]
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-rfE", "-p", "no:cacheprovider"]
        command += ["-m", *chosen, *files]
        process = subprocess.Popen(
            ["sh", "-c", _FIRST_TO_GO, "sh", *command],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        _running.add(process)
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            return Run(passed=False, failed="(time)", seconds=time.monotonic() - started)
        finally:
            _end(process)
            _running.discard(process)
        failed = _FAILED.search(said)
        return Run(
            passed=process.returncode in (0, _NO_TESTS),
            failed=failed[1] if failed else "",
            seconds=time.monotonic() - started,
        )

    def _environment(self) -> dict[str, str]:
        """The package of the copy before the installed one, and caches of its own."""
        own = {"PYTHONPATH": str(self.folder), "PEZO_CACHE_DIR": str(self.folder / ".cache")}
        return {**os.environ, **own}

    def _write(self, file: Path, text: str) -> None:
        """The compiled file goes: two mutants may be of one size and one second."""
        file.write_text(text, "utf-8")
        Path(cache_from_source(str(file))).unlink(missing_ok=True)


def end_tests() -> None:
    """What runs in any workspace ends at once; it counts as failed."""
    for process in list(_running):
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """The whole group: what a test has started goes with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
