"""The command itself: help, version, and what it does with mistakes."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pezo_hw import __version__, load, preset_names
from pezo_hw.cli.main import cli, run
from pezo_hw.config import parse
from tests.living import left_of, processes_with, without_patience


def test_help_of_every_command_has_an_example(pezo):
    for name in cli.commands:
        status, out, err = pezo(name, "--help")
        assert (status, err) == (0, "")
        assert f"Example: pezo {name} " in out


def test_alone_it_shows_its_help(pezo):
    status, out, err = pezo()
    assert (status, err) == (0, "")
    assert all(name in out for name in cli.commands)


def test_version(pezo):
    status, out, _ = pezo("--version")
    assert status == 0
    assert __version__ in out


@pytest.mark.parametrize(
    "arguments", [("frobnicate",), ("--frobnicate",), ("info",), ("info", "a", "b")]
)
def test_mistakes_are_one_line(pezo, arguments: tuple[str, ...]):
    status, out, err = pezo(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("pezo: error: ")


def test_the_process_ends_with_the_status():
    done = subprocess.run(
        [sys.executable, "-m", "pezo_hw", "info", "nowhere.toml"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert without_patience(done.stderr).count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="asks /proc")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_request_to_end_is_an_interruption(tmp_path: Path, name: str):
    command = [sys.executable, "-m", "pezo_hw", "verify", "paper-opt", "--simulator", "amaranth"]
    process = subprocess.Popen(
        [*command, "--cycles", "1000000"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        # Under nohup or in the background the tests, and what they start, would be deaf to it.
        preexec_fn=lambda: signal.signal(getattr(signal, name), signal.SIG_DFL),
    )
    while not list(tmp_path.rglob("journal.jsonl")):
        time.sleep(0.1)
    assert processes_with("pezo_hw.verify.worker")
    process.send_signal(getattr(signal, name))
    err = process.communicate()[1]
    assert (process.returncode, without_patience(err).strip()) == (130, "pezo: interrupted")
    assert left_of(str(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="asks /proc")
def test_workers_end_with_a_command_that_is_killed(tmp_path: Path):
    command = [sys.executable, "-m", "pezo_hw", "verify", "paper-opt", "--simulator", "amaranth"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen([*command, "--cycles", "1000000"], env=environment)
    while not list(tmp_path.rglob("journal.jsonl")):
        time.sleep(0.1)
    process.kill()
    process.wait()
    assert left_of(str(tmp_path)) == []


def test_an_interruption_while_it_starts_is_no_traceback(tmp_path: Path):
    """What is imported first, and takes longest, is NumPy."""
    (tmp_path / "numpy.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(30)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    script = Path(sys.executable).with_name("pezo")
    for command in ([sys.executable, "-m", "pezo_hw"], [script]):
        done = subprocess.run([*command, "info", "x"], capture_output=True, env=environment)
        assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"pezo: interrupted\n")


def test_a_signal_that_is_ignored_stays_ignored():
    """As under nohup."""
    code = "import os, signal; os.kill(os.getpid(), signal.SIGHUP); os.kill(os.getpid(), 1)\n"
    for install in ("leave_when_asked", "interrupt_when_asked"):
        start = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); {code}"
        start += f"from pezo_hw.tools.interruption import {install}; {install}(); {code}"
        assert subprocess.run([sys.executable, "-c", start], capture_output=True).returncode == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_is_full_is_one_line(unbuffered: str):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pezo_hw", "info", "paper-opt"],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert (done.returncode, without_patience(done.stderr).count("\n")) == (2, 1)
    assert "No space left" in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(("config", "status"), [("paper-opt", 0), ("nowhere.toml", 2)])
def test_errors_that_nobody_can_read_have_their_status(unbuffered: str, config: str, status: int):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pezo_hw", "info", config],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=subprocess.PIPE,
            stderr=full,
        )
    assert done.returncode == status


def test_an_interruption_is_status_130(pezo, monkeypatch):
    def interrupted(source):
        raise KeyboardInterrupt

    monkeypatch.setattr("pezo_hw.cli.common.load", interrupted)
    status, out, err = pezo("info", "paper-opt")
    assert (status, out, err.strip()) == (130, "", "pezo: interrupted")


def test_too_much_memory_is_one_line(pezo, monkeypatch):
    def too_much(source):
        raise MemoryError

    monkeypatch.setattr("pezo_hw.cli.common.load", too_much)
    status, _, err = pezo("info", "paper-opt")
    assert (status, err.count("\n")) == (2, 1)


def test_presets_are_listed_and_shown(pezo):
    out = pezo("presets")[1]
    for name in preset_names():
        assert name in out
        shown = pezo("presets", "--show", name)[1]
        assert parse(shown, name=name).parameters == load(name).parameters


def test_an_unknown_preset(pezo):
    status, _, err = pezo("presets", "--show", "paper-llama")
    assert (status, err.count("\n")) == (2, 1)
    assert "paper-roberta" in err


def test_golden_and_parameters_do_not_import_amaranth():
    code = "import sys, pezo_hw; pezo_hw.load('paper-opt').stream().window(0, 9); "
    code += "print(any(name.split('.')[0] in ('amaranth', 'pyosys') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_a_number_that_is_none_is_told_what_is_allowed(capsys: pytest.CaptureFixture[str]):
    for value in ("1e3", "0", "-1", "", "1.5", "0x10", "nan", "-" + "9" * 5000):
        for command, allowed in (
            (["quality", "paper-pool", "--length", value], "an integer from 1 to 8192"),
            (["verify", "paper-pool", "--cycles", value], f"an integer from 1 to {1 << 40}"),
            (["power", "paper-pool", "--clock", f"x{value}"], "a number"),
        ):
            assert run(command) == 2
            said = capsys.readouterr().err
            assert said.endswith(f"Allowed: {allowed}\n"), value[:9]
            assert said.count("\n") == 1


def test_counts_of_runs_and_steps_have_a_bound(capsys: pytest.CaptureFixture[str]):
    for command in (
        ["elastic", "--seeds"],
        ["elastic", "--steps"],
        ["elastic", "--batch"],
        ["train", "--seeds"],
        ["train", "--steps"],
        ["train", "--k"],
        ["train", "--together"],
        ["report", "paper-pool", "--cycles"],
    ):
        assert run([*command, "9" * 30, "-o", "nothing"]) == 2
        said = capsys.readouterr().err
        assert re.search(r"Allowed: an integer from 1 to \d+\n$", said), said
        assert said.count("\n") == 1
