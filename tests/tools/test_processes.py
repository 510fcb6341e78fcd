"""Child processes end with what started them."""

import subprocess
import sys
import time

import pytest

from pezo_hw.tools.processes import run, side_by_side


def test_status_and_output():
    done = run([sys.executable, "-c", "import sys; print('out'); sys.exit('err')"])
    assert (done.returncode, done.stdout, done.stderr) == (1, "out\n", "err\n")


def test_results_are_in_order():
    assert side_by_side([lambda n=n: n * n for n in range(20)]) == [n * n for n in range(20)]


def test_an_error_ends_what_is_under_way_and_what_waits():
    started = []

    def sleep() -> subprocess.CompletedProcess[str]:
        started.append(1)
        return run([sys.executable, "-c", "import time; time.sleep(60)"])

    def fail() -> subprocess.CompletedProcess[str]:
        time.sleep(0.5)
        raise ZeroDivisionError

    before = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        side_by_side([fail, *[sleep] * 50])
    assert time.monotonic() - before < 30
    assert len(started) < 50
