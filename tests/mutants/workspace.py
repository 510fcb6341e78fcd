"""A copy of the checkout in which mutants are made and tested; the checkout is only read."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from tests.mutants.mirror import Stage
from tests.mutants.mutant import Mutant
from tests.mutants.watch import end_group, watch

# A mutant may fill the memory: it is what the kernel then ends, and not something beside it.
_FIRST_TO_GO = 'echo 1000 > /proc/$$/oom_score_adj 2> /dev/null; exec "$@"'
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
# In the root of the copy, where all processes that tests start find them.
_PLUGINS = ("recorder", "line_sets", "recording", "leaving_out")
_PREFIX = "pezo_mutants_"
_START = f"from {_PREFIX}recorder import recorder; recorder.start(); del recorder\n"
_FAILURES, _NO_TESTS = 1, 5
_TAIL = 20
_running: set[subprocess.Popen[bytes]] = set()


@dataclass(frozen=True, kw_only=True)
class Run:
    """What the tests said.

    Attributes
    ----------
    status : int
        The exit status of pytest; -9 where they were ended.
    failed : str
        The first that failed, or why they were ended; empty where none did, or none was named.
    seconds : float
        What they took of a CPU.
    end : str
        The exit status, and the last lines that were printed.
    """

    status: int
    failed: str
    seconds: float
    end: str

    @property
    def passed(self) -> bool:
        """Whether every one of them passed."""
        return self.status in (0, _NO_TESTS)

    @property
    def complete(self) -> bool:
        """Whether all of them ran, if some failed."""
        return self.passed or self.status == _FAILURES


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A folder with the tracked and the new files of a checkout.

    Attributes
    ----------
    folder : Path
        Where it is.
    """

    folder: Path

    @classmethod
    def copy_of(cls, root: Path, folder: Path) -> Workspace:
        """A new one; what git ignores is left out."""
        for name in _files(root):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
        for name in _PLUGINS:
            shutil.copy2(Path(__file__).with_name(f"{name}.py"), folder / f"{_PREFIX}{name}.py")
        return cls(folder=folder)

    @contextmanager
    def broken(self, mutant: Mutant) -> Iterator[None]:
        """With the mutant in place of the file."""
        file = self.folder / mutant.path
        source = file.read_text("utf-8")
        try:
            self._write(file, mutant.apply(source))
            yield
        finally:
            self._write(file, source)

    @contextmanager
    def recorded(self) -> Iterator[Path]:
        """With the recorder in the package; gives the file of its notes, which is empty."""
        package, notes = self.folder / "pezo_hw/__init__.py", self.folder / ".notes"
        source = package.read_text("utf-8")
        notes.write_text("")
        (self.folder / ".context").unlink(missing_ok=True)
        try:
            self._write(package, f"{source}\n{_START}")
            yield notes
        finally:
            self._write(package, source)

    def record(self, stage: Stage, *, limit: float) -> tuple[Run, str]:
        """Run test modules to their end, and give what the recorder has noted as well."""
        with self.recorded() as notes:
            run = self._run(stage, "recording", limit)
            return run, notes.read_text("utf-8")

    def test(self, stage: Stage, *, limit: float, left_out: Iterable[str] = ()) -> Run:
        """Run test modules in order until a test fails or has used up the limit, in CPU seconds.

        Parameters
        ----------
        stage : Stage
            Which modules, and which of their tests.
        limit : float
            All that they may use.
        left_out : iterable of str
            Tests that are not run.
        """
        (self.folder / ".left-out").write_text("\n".join(left_out), "utf-8")
        return self._run(stage, "leaving_out", limit, "-x")

    def _run(self, stage: Stage, plugin: str, limit: float, *options: str) -> Run:
        command = [sys.executable, "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider"]
        command += ["-p", f"{_PREFIX}{plugin}"]
        command += [*options, "-m", "slow" if stage.slow else "not slow", *stage.tests]
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            process = subprocess.Popen(
                ["sh", "-c", _FIRST_TO_GO, "sh", *command],
                cwd=self.folder,
                env=self._environment(),
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            _running.add(process)
            try:
                end = watch(process, limit)
            finally:
                end_group(process)
                process.wait()
                _running.discard(process)
            said.seek(0)
            text = said.read()
        failed = _FAILED.search(text)
        return Run(
            status=end.status,
            failed=end.ended_for or (failed[1] if failed else ""),
            seconds=end.seconds,
            end="\n".join([f"exit status {end.status}", *text.splitlines()[-_TAIL:]]),
        )

    def _environment(self) -> dict[str, str]:
        """The package of the copy before the installed one, and caches of its own."""
        own = {"PYTHONPATH": str(self.folder), "PEZO_CACHE_DIR": str(self.folder / ".cache")}
        # Empty: compiled files are kept, so that the next run need not compile every test again.
        return {**os.environ, **own, "PYTHONDONTWRITEBYTECODE": ""}

    def _write(self, file: Path, text: str) -> None:
        """The compiled file goes: two mutants may be of one size and one second."""
        file.write_text(text, "utf-8")
        Path(cache_from_source(str(file))).unlink(missing_ok=True)


def _files(root: Path) -> list[str]:
    """What git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sorted(name for name in filter(None, listed.split("\0")) if (root / name).is_file())


def tree_of(root: Path) -> str:
    """A digest of what a workspace has, and of the Python that runs in it."""
    digest = hashlib.sha256(sys.version.encode())
    for name in _files(root):
        digest.update(f"\n{name} {hashlib.sha256((root / name).read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def end_tests() -> None:
    """What runs in any workspace ends at once; it counts as failed."""
    for process in list(_running):
        end_group(process)
