"""``pezo explore``: what it writes, how it goes on after an end, and what it refuses."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.explore.spaces import SMALL
from tests.living import left_of


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(SMALL)
    return file


def command(*arguments: object) -> list[str]:
    words = (*arguments, "--no-pictures")
    return [sys.executable, "-m", "pezo_hw", "explore", *map(str, words)]


def start(*arguments: object, marker: str = "") -> subprocess.Popen:
    environment = os.environ | {"PEZO_TEST_MARKER": marker}
    return subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def finish(*arguments: object) -> None:
    assert subprocess.run(command(*arguments), capture_output=True, check=False).returncode == 0


def measured(folder: Path) -> int:
    """Lines of the journal."""
    journal = folder / "journal"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def wait_for(folder: Path, lines: int, process: subprocess.Popen) -> None:
    while measured(folder) < lines and process.poll() is None:
        time.sleep(0.002)


def test_what_a_space_holds(pezo, small: Path, tmp_path: Path):
    status, out, err = pezo("explore", small, "-o", tmp_path / "out", "--list")
    assert (status, err) == (0, "")
    assert "small: 12 combinations are 10 configurations" in out
    assert "2 such as: on-the-fly.steps_per_cycle = 3" in out
    assert not (tmp_path / "out").exists()


REFUSED = {
    "[[part]]\n": "part[0].perturbation.strategy is missing",
    SMALL + "on-the-fly.rngz = 3\n": "part[0].on-the-fly.rngz = 3",
    SMALL.replace("= 7", "= 1"): "on-the-fly.rngs = 1",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_bad_space_is_one_line(pezo, small: Path, tmp_path: Path, text: str):
    small.write_text(text)
    status, out, err = pezo("explore", small, "-o", tmp_path / "out", "--no-pictures")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert REFUSED[text] in err
    assert not (tmp_path / "out").exists()


def test_extras_that_are_missing_are_one_line(pezo, small: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: None)
    for option, said in (
        (("--parquet",), "--parquet needs pyarrow"),
        ((), "need matplotlib and plotly; allowed: --no-pictures"),
        (("--no-pictures", "--scheduler", "tcp://127.0.0.1:1"), "pezo-hw[cluster]"),
    ):
        status, _, err = pezo("explore", small, "-o", tmp_path / "out", *option)
        assert (status, err.count("\n")) == (2, 1)
        assert said in err
        assert not (tmp_path / "out" / "results.csv").exists()


WANTS_TRAINING = '[front]\nmaximise = ["accuracy"]\n' + SMALL


def test_what_needs_training_is_said_before_anything_is_measured(
    pezo, small: Path, tmp_path: Path, monkeypatch
):
    out = tmp_path / "out"
    for text, options, said in (
        (WANTS_TRAINING, (), 'front = "accuracy" is not allowed; allowed: with --train alone'),
        (SMALL, ("--steps", 3), "--steps = 3 is not allowed; allowed: with --train alone"),
        (SMALL, ("--seeds", 3), "--seeds = 3 is not allowed; allowed: with --train alone"),
    ):
        small.write_text(text)
        status, _, err = pezo("explore", small, "-o", out, "--no-pictures", *options)
        assert (status, err) == (2, f"pezo: error: {said}\n")
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: None)
    status, _, err = pezo("explore", small, "-o", out, "--no-pictures", "--train")
    needed = '--train needs torch and scikit-learn; allowed: pip install "pezo-hw[train]"'
    assert (status, err) == (2, f"pezo: error: {needed}\n")
    assert not out.exists()


@pytest.mark.slow
def test_what_is_not_known_is_said_with_what_helps(pezo, small: Path, tmp_path: Path):
    front = '[front]\nminimise = ["net_toggles"]\nmaximise = ["isotropy"]\n'
    small.write_text(front + SMALL.replace("[7, 8]", "[6, 8]").replace("[1, 2, 3]", "1"))
    arguments = ("explore", small, "-o", tmp_path / "out", "--no-pictures", "--workers", 1)
    status, out, err = pezo(*arguments)
    assert status == 0, err
    assert "1 of 4 have no net_toggles and are not on the front; --energy netlist sim" in out
    with (tmp_path / "out" / "results.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["toggles_from"] for row in rows] == ["", "estimate", "estimate", "estimate"]
    assert {row["accuracy"] for row in rows} == {""}


@pytest.mark.slow
def test_killed_at_three_moments_it_gives_the_same_bytes(small: Path, tmp_path: Path):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    finish(small, "-o", whole)
    for lines in (1, 4, 8):
        process = start(small, "-o", cut, "--workers", 1, marker=str(cut))
        wait_for(cut, lines, process)
        process.kill()
        process.communicate()
        # Nor do its workers outlive it.
        assert left_of(str(cut)) == []
        assert measured(cut) >= lines
        assert not (cut / "results.csv").exists() or lines == 8
    finish(small, "-o", cut, "--workers", 1)
    names = [path.name for path in whole.iterdir() if path.name != "journal"]
    assert {name: (cut / name).read_bytes() for name in names} == {
        name: (whole / name).read_bytes() for name in names
    }
    with (cut / "results.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["index"] for row in rows] == [str(index) for index in range(10)]
    assert {row["front"] for row in rows} == {"true", "false"}


@pytest.mark.slow
def test_an_interruption_ends_it_with_all_that_it_started(small: Path, tmp_path: Path):
    process = start(small, "-o", tmp_path / "out", "--workers", 2, marker=str(tmp_path))
    wait_for(tmp_path / "out", 1, process)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "pezo: interrupted"
    assert "Traceback" not in err
    assert left_of(str(tmp_path)) == []
