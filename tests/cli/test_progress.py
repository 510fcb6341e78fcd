"""What takes long says so."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pezo_hw.cli import common
from pezo_hw.cli import progress as module
from pezo_hw.cli.main import run
from pezo_hw.cli.progress import Patience


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_SECONDS", 0.1)


def test_what_is_done_is_said_with_the_time(quick, capsys):
    patience = Patience()
    done = 3
    with patience.watching(), patience.during(lambda: f"{done} of 4"):
        time.sleep(0.2)
        done = 4
        time.sleep(0.25)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["pezo: 3 of 4, 0 s so far", "pezo: 4 of 4, 0 s so far"]


def test_what_is_over_soon_or_shown_already_is_not_said(quick, capsys):
    patience = Patience()
    with patience.watching():
        pass
    with patience.watching(), patience.during(lambda: ""):
        time.sleep(0.4)
    assert capsys.readouterr().err == ""


def test_a_config_that_takes_long_is_named(quick, monkeypatch, capsys):
    def slowly(source):
        time.sleep(0.15)
        raise KeyboardInterrupt

    monkeypatch.setattr(common, "load", slowly)
    assert run(["info", "big.toml"]) == 130
    assert capsys.readouterr().err.startswith("pezo: reading big.toml, 0 s so far\n")


def test_a_count_is_said(quick, capsys):
    with module.patience.watching(), module.counting("measuring", 7, "rows") as progress:
        progress.advance(progress.task_ids[0], 2)
        time.sleep(0.15)
    assert capsys.readouterr().err == "pezo: measuring: 2 of 7 rows, 0 s so far\n"


def test_large_generators_have_no_bound_in_software(pezo, tmp_path: Path):
    """More RNGs, and lanes with them, than hardware has; once it took a minute to sum them up."""
    config = tmp_path / "many.toml"
    text = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 200000\nwidth = 18\n'
    config.write_text(text)
    started = time.process_time()
    status, out, _ = pezo("info", config)
    assert status == 0
    assert time.process_time() - started < 4
    assert "200000" in out.replace(",", "")


def test_a_terminal_is_told_soon():
    code = "import time; from pezo_hw.cli import progress; progress.FIRST_SECONDS = 0.1\n"
    code += "with progress.patience.watching(): time.sleep(0.25)"
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", code], stderr=theirs, check=True)
    assert os.read(ours, 999).decode().strip() == "pezo: working, 0 s so far"
    os.close(ours)
    os.close(theirs)
