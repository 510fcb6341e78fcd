"""What a run of tests takes of a CPU, and its end where that is too much.

A clock on the wall would count a mutant as killed because the machine was busy.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass

import psutil

# Whoever wants a CPU gets some of it within this time, however busy the machine is.
PATIENCE = 120.0
_LOOKS = 0.2
TOO_LONG, WAITS = "(time)", "(waits for ever)"


@dataclass(frozen=True, kw_only=True)
class End:
    """How a process ended.

    Attributes
    ----------
    status : int
        Its exit status; -9 where it was ended.
    ended_for : str
        Why it was ended, or nothing.
    seconds : float
        What it and all that it started took of a CPU.
    """

    status: int
    ended_for: str
    seconds: float


def watch(process: subprocess.Popen[bytes], limit: float, patience: float = PATIENCE) -> End:
    """Wait for the leader of a group, and end it where its CPU seconds go beyond the limit.

    It ends as well where nothing of it has used a CPU for as long as the patience lasts.
    """
    used, changed = 0.0, time.monotonic()
    while True:
        pid, status, resources = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = resources.ru_utime + resources.ru_stime
            return End(status=process.returncode, ended_for="", seconds=seconds)
        now = _cpu_seconds(process.pid)
        if now != used:
            used, changed = now, time.monotonic()
        if used > limit or time.monotonic() > changed + patience:
            reason = TOO_LONG if used > limit else WAITS
            return End(status=-signal.SIGKILL, ended_for=reason, seconds=used)
        time.sleep(_LOOKS)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """The whole group: what a test has started goes with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _cpu_seconds(pid: int) -> float:
    """Of a process and its descendants, those that have ended included where the system says so."""
    seconds = 0.0
    with suppress(psutil.NoSuchProcess):
        leader = psutil.Process(pid)
        for part in (leader, *leader.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                seconds += sum(part.cpu_times()[:4])  # its own and its children's
    return seconds
