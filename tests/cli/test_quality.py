"""``pezo quality``: what it prints, as a table and as JSON, and how it is interrupted."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pezo_hw import load
from pezo_hw.quality import quality, quality_of
from tests.cases import OTF, PRE


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(OTF + "rngs = 5\nwidth = 6\n")
    return file


def words(text: str) -> str:
    return " ".join(re.sub(r"[│┃]", " ", text).split())


def test_a_table(pezo, small: Path):
    status, out, err = pezo("quality", small, "paper-roberta", "--length", 62)
    assert (status, err) == (0, "")
    said = words(out)
    assert "small paper-roberta independent Gaussian independent uniform" in said
    assert "averaged over all 315 starts all 7,905 starts" in said
    found = quality_of(load("paper-roberta"), length=62)
    assert re.search(rf"participation ratio \S+ {found.participation:.4g} 62 62", said)
    assert "different, one after another 315 7,905 no end no end" in said


def test_json_is_what_the_api_says(pezo, small: Path):
    status, out, err = pezo("quality", small, "paper-pool", "--length", 90, "--json")
    assert (status, err) == (0, "")
    first, second = json.loads(out)
    assert first == {"name": "small", **quality_of(load(small), length=90).as_dict()}
    assert (second["name"], second["length"], second["different"]) == ("paper-pool", 90, 91)


def test_a_model(pezo, small: Path, tmp_path: Path):
    shapes = tmp_path / "model.txt"
    shapes.write_text("7x5\n10\n")
    status, out, _ = pezo("quality", small, "--length", 5, "--model", shapes)
    assert status == 0
    assert "different, of the model 35 no end no end" in words(out)  # 7 + 2 of 315 cycles
    assert "the model: 2 tensors, 45 numbers" in words(out)
    status, out, _ = pezo("quality", small, "--length", 5, "--model", shapes, "--json")
    assert json.loads(out)[0]["model"] == {"tensors": 2, "numbers": 45, "different": 35}


def test_samples_say_so(pezo, small: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quality, "LARGEST", 0)
    status, out, err = pezo("quality", small, "--length", 5, "--samples", 200)
    assert (status, err) == (0, "")
    assert "averaged over 200 of 315 starts" in words(out)
    assert re.search(r"variance [\d.]+ ± [\d.]+ 1 1 ", words(out))
    assert "± is the standard error" in out


def test_eigenvalues_may_be_left_out(pezo, small: Path):
    status, out, _ = pezo("quality", small, "--quick", "--json")
    assert status == 0
    (found,) = json.loads(out)
    assert found["smallest_eigenvalue"] is found["largest_eigenvalue"] is None
    assert found["participation"] > 1


def test_nothing_varies(pezo, tmp_path: Path):
    """One row: every perturbation is the same, and there is no correlation to speak of."""
    file = tmp_path / "row.toml"
    file.write_text(PRE + "pool = 4\nlanes = 4\nwidth = 4\n")
    status, out, _ = pezo("quality", file, "--length", 4, "--json")
    assert status == 0
    (found,) = json.loads(out)
    assert (found["different"], found["participation"], found["norm_cv"]) == (1, 1.0, 0.0)
    assert found["lane_correlation"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("paper-opt", "--length", "0"), "--length"),
        (("paper-opt", "--length", "8193"), "1<=x<=8192"),
        (("paper-opt", "--samples", "99"), "100<=x"),
        (("paper-opt", "--model", "nowhere.txt"), "nowhere.txt: No such file"),
        (("paper-opt", "--model", ""), "allowed: a path"),
        (("paper-opd",), "paper-opd"),
        ((), "CONFIG"),
    ],
)
def test_what_is_wrong(pezo, arguments: tuple[str, ...], says: str):
    status, out, err = pezo("quality", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert says in err


@pytest.mark.slow
def test_it_is_interrupted_within_the_eigenvalues():
    line = [sys.executable, "-m", "pezo_hw", "quality", "paper-roberta", "--length", "8192"]
    process = subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    for said in process.stderr:
        if "3 of 4 steps" in said:
            break
    started = time.monotonic()
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - started < 20  # the eigenvalues take minutes
    assert (process.returncode, out) == (130, "")
    assert err.endswith("pezo: interrupted\n")
