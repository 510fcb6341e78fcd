"""Child processes that do not outlive an interruption, nor the process that started them."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar

from ..errors import PezoError, first_line
from .environment import environment_for
from .folders import temporary_root

Result = TypeVar("Result")
Output = int | IO[bytes] | None

_POLL_SECONDS = 0.05
# Leads a group of processes and ends all of it once nobody holds the other end of its input: that
# is closed when this process is gone, whatever ended it.
_GUARD = ("/bin/sh", "-c", "trap '' HUP INT TERM; read _; kill -KILL 0")

_groups: set[int] = set()
_lock = threading.Lock()


@contextmanager
def child(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    stdout: Output = None,
    stderr: Output = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process, ended at the end of the block together with all that it has started.

    They are a group, so Ctrl-C in a terminal reaches this process alone. None of them outlives it,
    not even where it is killed.

    Raises
    ------
    OSError
        Where it cannot be started.
    """
    with _group() as group:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            process_group=group,
        )
        with process:
            try:
                yield process
            finally:
                # Before it is waited for, which would last for as long as it likes.
                _kill(group)


@contextmanager
def _group() -> Iterator[int]:
    """A group of processes to start others in, ended at the end of the block."""
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        _GUARD, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, process_group=0
    ) as guard:
        try:
            with _lock:
                _groups.add(guard.pid)
            yield guard.pid
        finally:
            with _lock:
                _groups.discard(guard.pid)
            _kill(guard.pid)


def run(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, in a folder and an environment, and returns status and output.

    Without an environment it gets that of `environment_for`, and never the caller's.
    Its temporary files are put into the folder as well, so that they go where the folder goes,
    unless the environment names a place of its own.

    Raises
    ------
    OSError
        Where it cannot be started.
    """
    variables = dict(environment_for(command[0]) if environment is None else environment)
    if folder is not None and variables.get("TMPDIR") in (None, str(temporary_root())):
        variables["TMPDIR"] = str(folder.resolve())
    pipe = subprocess.PIPE
    with child(command, folder, variables, stdout=pipe, stderr=pipe) as process:
        out, err = (output.decode("utf-8", "replace") for output in process.communicate())
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def run_checked(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    name: str = "",
) -> str:
    """Runs a command as `run` does, and returns its output; ``name`` is what errors call it.

    Raises
    ------
    PezoError
        With the command's own words, where it fails; all of them are its note.
    """
    done = run(command, folder, environment)
    if done.returncode:
        reason = first_line(done.stderr + done.stdout, "error", "Error")
        error = PezoError(f"{name or Path(command[0]).name} failed: {reason}")
        error.add_note(done.stdout + done.stderr)
        raise error
    return done.stdout


def side_by_side(tasks: Iterable[Callable[[], Result]]) -> list[Result]:
    """The results of tasks in order, as many at once as there are processors.

    Whatever ends it early, an interruption included, ends the commands that are under way as well
    and starts no further task.
    """
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        futures: list[Future[Result]] = []
        try:
            futures.extend(pool.submit(task) for task in tasks)
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            # Again and again: a task may have been about to start a command.
            while not all(future.done() for future in futures):
                _kill_all()
                time.sleep(_POLL_SECONDS)
            raise


def _kill_all() -> None:
    with _lock:
        for group in _groups:
            _kill(group)


def _kill(group: int) -> None:
    """Ends every process of a group that has not been waited for."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
