"""Child processes end with what started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pezo_hw.tools.processes import child, run, side_by_side
from tests.living import left_of, processes_with

needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="asks /proc")


@pytest.fixture
def marker(tmp_path: Path) -> str:
    """A command's argument that nobody else has: the name of a program that sleeps."""
    program = tmp_path / "sleeper"
    program.symlink_to("/bin/sleep")
    return str(program)


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_all_that_was_started_ends_with_a_parent_that_is_killed(marker: str, number: int):
    tree = f"{marker} 300 & sh -c '{marker} 301 & {marker} 302'"
    code = "import sys; from pezo_hw.tools.processes import run; run(['sh', '-c', sys.argv[1]])"
    parent = subprocess.Popen([sys.executable, "-c", code, tree])
    while len([line for line in processes_with(marker) if line.startswith(marker)]) < 3:
        time.sleep(0.05)
    parent.send_signal(number)
    parent.wait()
    assert left_of(marker) == []


@needs_proc
def test_what_a_command_leaves_running_ends_with_it(marker: str):
    done = run(["sh", "-c", f"{marker} 300 >/dev/null 2>&1 & echo done"])
    assert done.stdout == "done\n"
    assert left_of(marker) == []


@needs_proc
def test_the_end_of_the_block_is_the_end_of_the_process(marker: str):
    with child(["sh", "-c", f"{marker} 300 & {marker} 301"]) as process:
        while len(processes_with(marker)) < 3:
            time.sleep(0.05)
    assert process.returncode == -signal.SIGKILL
    assert left_of(marker) == []


def test_its_temporary_files_are_put_into_its_folder(tmp_path: Path):
    assert run(["sh", "-c", "echo $TMPDIR"], tmp_path).stdout.strip() == str(tmp_path)
    assert run(["sh", "-c", "echo $HOME"]).stdout.strip() == os.environ.get("HOME", "")


def test_output_that_is_no_text_is_no_error():
    assert run(["printf", "\\377a"]).stdout == "\ufffda"


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
