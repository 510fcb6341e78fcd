"""Jobs side by side, watched while they run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from ..config import Config
from ..errors import PezoError
from ..tools.environment import environment_for
from ..tools.files import replacing
from ..tools.folders import kept_folder
from ..tools.processes import child
from ..tools.simulation import require_builder
from ..tools.toolchain import ICARUS
from .job import Job, Outcome, Progress
from .trace import FOLDER as TRACE_FOLDER

SIMULATORS = ("verilator", "icarus", "amaranth")
MOST_CYCLES = 1 << 40
"""Of a stream that is compared: days of it."""

_LONGEST = {"verilator": 1 << 20, "icarus": 10_000, "amaranth": 1_000}
_SEEN_TWICE = 10_000
# Bits of beats: what a simulator shows is compared bit by bit, a minute and a half for so many.
_MOST_BITS = 1 << 28
_POLL_SECONDS = 0.1
# Icarus has file and line before the words, Verilator the scope as well; a model that shows its
# words itself, since Verilator may stop before it shows those of $fatal, has neither.
_FATAL = re.compile(
    r"^(?:Fatal|FATAL: \S+:\d+|\[\d+\] %Fatal: \S+:\d+: Assertion failed in \S+): (?P<words>\S.*)$",
    re.MULTILINE,
)

Watcher = Callable[[Job, Progress], None]


def default_cycles(config: Config, simulator: str) -> int:
    """The whole joint orbit and its wrap, as far as the simulator gets in a few minutes.

    The wider a beat, the fewer of them.
    """
    parameters = config.parameters
    orbit = parameters.joint_orbit
    widest = _MOST_BITS // (parameters.lanes * parameters.fixed_point.bits)
    return max(1, min(orbit + min(orbit, _SEEN_TWICE), _LONGEST[simulator], widest))


def require_simulator(simulator: str) -> None:
    """Checks that what a simulator needs is installed.

    Raises
    ------
    PezoError
        Naming what is missing or too old, and where it comes from.
    """
    if simulator == "amaranth":
        return
    if find_spec("cocotb_tools") is None:
        raise PezoError("simulator needs cocotb; install it with: pip install cocotb")
    if simulator == "icarus":
        ICARUS.find()
    else:
        require_builder()


def verify(
    jobs: Sequence[Job], folder: Path, watch: Watcher = lambda job, progress: None
) -> Generator[Outcome]:
    """Carries the jobs out, as many at once as there are processors; outcomes in their order.

    Parameters
    ----------
    jobs : sequence of Job
        What to do.
    folder : Path
        A folder for the work, a subfolder each; logs stay there.
    watch : callable
        Called from another thread with a job and its progress, several times a second.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        running = []
        # An interruption may come as early as between two submissions; the pool would wait for all.
        try:
            for number, job in enumerate(jobs):
                own = folder / f"{number:02}-{job.bench}"
                running.append(pool.submit(_carry_out, job, own, watch, stop))
            for future in running:
                yield future.result()
        finally:
            stop.set()
            for future in running:
                future.cancel()


def _carry_out(job: Job, folder: Path, watch: Watcher, stop: threading.Event) -> Outcome:
    folder.mkdir(parents=True)
    job.save(folder)
    with (folder / "log.txt").open("wb") as log, _worker(job, folder, log) as process:
        while process.poll() is None and not stop.wait(_POLL_SECONDS):
            watch(job, Progress.latest(folder))
    last = Progress.latest(folder)
    watch(job, last)
    waveform = _hand_over_trace(job, folder)
    # A mismatch is in the journal. Whoever ends without one and without "done" has failed as well.
    failure = last.failure
    if not failure and (process.returncode or last.stage != "done"):
        words = fatal_words((folder / "log.txt").read_text("utf-8", errors="replace"))
        reason = f" ({last.error})" if last.error else ""
        failure = f"{job.simulator} stopped: {words}" if words else ""
        failure = (
            failure or f"{job.simulator} failed to {last.stage.replace('done', 'end')}{reason}"
        )
    return Outcome(
        job=job,
        cycles=last.cycles,
        beats=last.beats,
        seconds=last.seconds,
        failure=f"{failure}; see {folder / 'log.txt'}" if failure else "",
        is_mismatch=bool(last.failure),
        waveform=waveform,
    )


def _hand_over_trace(job: Job, folder: Path) -> Path | None:
    """Put the files of the waveform where they were asked for, each whole; the first of them."""
    made = sorted((folder / TRACE_FOLDER).glob("*.*"))
    if job.trace is None or not any(file.suffix == ".gtkw" for file in made):
        return None  # the layouts are written last
    for file in made:
        with replacing(job.trace.folder / file.name) as place:
            shutil.copyfile(file, place)
    return job.trace.folder / f"{job.trace.name}.fst"


def worker_environment(simulator: str) -> dict[str, str]:
    """The environment in which `run_cocotb` runs a simulator.

    Raises
    ------
    PezoError
        Where it is missing or too old.
    """
    programs = [ICARUS.find().path] if simulator == "icarus" else []
    return environment_for(sys.executable, *programs) | {"PEZO_CACHE_DIR": str(kept_folder())}


@contextmanager
def _worker(job: Job, folder: Path, log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The worker process of a job's folder, ended with everything that it started."""
    temporary = folder / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "pezo_hw.verify.worker", str(folder)]
    environment = worker_environment(job.simulator) | {"TMPDIR": str(temporary)}
    try:
        with child(command, None, environment, stdout=log, stderr=subprocess.STDOUT) as process:
            yield process
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def fatal_words(log: str) -> str:
    """The words of the first ``$fatal`` in a simulator's log; empty where there was none."""
    found = _FATAL.search(log)
    return found["words"].strip() if found is not None else ""
