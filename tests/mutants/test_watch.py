"""What a process takes of a CPU is what ends it, and not how long it lasts."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

pytest.importorskip("psutil", reason="make install-mutants installs it")

from tests.mutants.watch import TOO_LONG, WAITS, End, end_group, watch

pytestmark = pytest.mark.slow
BUSY = "while True: pass"
WORKS = "import time; end = time.process_time() + 0.5\nwhile time.process_time() < end: pass"


def watched(program: str, limit: float, patience: float = 60.0) -> End:
    process = subprocess.Popen([sys.executable, "-c", program], start_new_session=True)
    try:
        return watch(process, limit, patience)
    finally:
        end_group(process)
        process.wait()


def test_what_ends_by_itself_keeps_its_status():
    end = watched(f"{WORKS}\nraise SystemExit(3)", limit=30)
    assert (end.status, end.ended_for) == (3, "")
    assert 0.5 <= end.seconds < 5


def test_a_child_counts_alive_or_not():
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WORKS!r}])"
    assert watched(child, limit=30).seconds >= 0.5
    endless = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
    assert watched(endless, limit=0.5).ended_for == TOO_LONG


def test_what_has_no_end_is_ended_and_what_sleeps_long_is_not():
    assert watched(BUSY, limit=0.5).ended_for == TOO_LONG
    assert watched("import time; time.sleep(1)", limit=0.5).ended_for == ""


def test_what_waits_for_ever_is_ended():
    started = time.monotonic()
    assert watched("import time; time.sleep(1000)", limit=30, patience=1).ended_for == WAITS
    assert time.monotonic() < started + 60
