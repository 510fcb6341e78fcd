"""What is printed for programs: JSON alone on standard output, and JUnit's XML."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from pezo_hw import load
from pezo_hw.cli import verify as verify_command
from pezo_hw.cli.junit import junit_text
from pezo_hw.cli.main import cli
from pezo_hw.config import preset_names
from pezo_hw.verify import Job, Outcome

# Whoever prints a table has it as JSON as well; what these write to a folder is that already.
OTHERS = {"board", "driver", "elastic", "explore", "generate", "report", "train"}


def outcome(bench: str, failure: str = "", *, is_mismatch: bool = False) -> Outcome:
    job = Job(config=load("row-pool"), bench=bench, simulator="icarus", cycles=9)
    return Outcome(
        job=job, cycles=9, beats=5, seconds=0.25, failure=failure, is_mismatch=is_mismatch
    )


OUTCOMES = [
    outcome("core"),
    outcome("pool-reader", "stream: cycle 3: lane 0 is 1, expected <2> & \x1b", is_mismatch=True),
    outcome("other", "icarus failed to build"),
]


def test_every_command_with_a_table_has_it_as_json():
    without = {n for n, c in cli.commands.items() if not any("--json" in p.opts for p in c.params)}
    assert without <= OTHERS


def test_presets_and_info(pezo):
    status, out, err = pezo("presets", "--json")
    assert (status, err) == (0, "")
    listed = {entry["name"]: entry for entry in json.loads(out)}
    assert list(listed) == preset_names()
    assert listed["paper-opt"]["joint_orbit"] == 507_873
    status, out, _ = pezo("info", "paper-roberta", "--json", "--tensors", "100,5")
    said = json.loads(out)
    assert (said["lanes"], said["fixed_point"]["bits"], said["latency"]) == (31, 8, 2)
    assert said["config"] == load("paper-roberta").resolved()
    assert said["perturbations"] == {"of_a_length": 7905, "different": 7905 // 5}


def test_a_window(pezo, tmp_path: Path):
    status, out, _ = pezo("stream", "wide", "--start", 10**12, "--cycles", 3, "--json")
    window, said = load("wide").stream().window(10**12, 3), json.loads(out)
    assert (status, said["start"]) == (0, 10**12)
    assert said["mantissa"] == window.mantissa.tolist()
    assert np.array_equal(np.array(said["value"], np.float32), window.value)
    assert pezo("stream", "wide", "--cycles", 1001, "--json")[0] == 2
    assert pezo("stream", "wide", "--json", "-o", tmp_path / "a.npz")[0] == 2
    assert not list(tmp_path.iterdir())


def test_verdicts(pezo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verify_command, "require_simulator", lambda simulator: None)
    monkeypatch.setattr(verify_command, "watch", lambda jobs, work: OUTCOMES)
    command = ("verify", "row-pool", "--simulator", "icarus", "--junit", tmp_path / "junit.xml")
    status, out, _ = pezo(*command, "--json")
    said = json.loads(out)
    assert status == 1
    assert [entry["verdict"] for entry in said] == ["bit-exact", "DIFFERS", "FAILED"]
    assert [entry["failure"] for entry in said] == [one.failure for one in OUTCOMES]
    assert (said[0]["config"], said[0]["beats"], said[0]["joint_orbit"]) == ("row-pool", 5, 91)
    assert (tmp_path / "junit.xml").read_text() == junit_text(OUTCOMES)
    assert pezo(*command)[0] == 1


def test_junit():
    root = ElementTree.fromstring(junit_text([*OUTCOMES, *OUTCOMES[:1]]))
    counts = {"tests": "4", "failures": "1", "errors": "1", "time": "1.000"}
    assert counts.items() <= root.attrib.items()
    (suite,) = root.findall("testsuite")
    assert suite.attrib == counts | {"name": "row-pool"}
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases][:2] == [
        "core (icarus, rtl)",
        "pool-reader (icarus, rtl)",
    ]
    kinds = [[child.tag for child in case if child.tag != "system-out"] for case in cases]
    assert kinds == [[], ["failure"], ["error"], []]
    assert "expected <2> &" in cases[1].find("failure").get("message")
