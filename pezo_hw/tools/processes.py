"""Child processes that do not outlive an interruption."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from ..errors import PezoError, first_line
from .environment import environment_for

Result = TypeVar("Result")

_POLL_SECONDS = 0.05

_running: set[subprocess.Popen[str]] = set()
_lock = threading.Lock()


def run(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, in a folder and an environment, and returns status and output.

    Without an environment it gets that of `environment_for`, and never the caller's.

    Raises
    ------
    OSError
        Where it cannot be started.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment_for(command[0]) if environment is None else environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        with _lock:
            _running.add(process)
        try:
            out, err = process.communicate()
        except BaseException:
            process.kill()
            raise
        finally:
            with _lock:
                _running.discard(process)
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
            while not all(future.done() for future in futures):
                _kill_all()
                time.sleep(_POLL_SECONDS)
            raise


def _kill_all() -> None:
    with _lock:
        for process in _running:
            process.kill()
