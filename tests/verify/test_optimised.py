"""No verdict hangs on ``assert``, which Python leaves out under -O and PYTHONOPTIMIZE."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.verify.cocotb_run import require_passed
from pezo_hw.verify.job import Progress

WRONG_HARDWARE = """
import sys
from dataclasses import replace
from pathlib import Path
from pezo_hw import load
from pezo_hw.verify import Job
from pezo_hw.verify import amaranth_simulator
from pezo_hw.verify.job import make_bench
from pezo_hw.verify.playback import MismatchError

assert False, "this is for python -O"

class WrongJob(Job):
    def make_bench(self):
        bench = super().make_bench()
        other = replace(self.config.parameters, seed=2)
        generator = replace(self.config.generator, parameters=other)
        wrong = replace(self.config, generator=generator)
        bench.component = make_bench(self.bench, wrong).component
        return bench

job = WrongJob(config=load("paper-roberta"), bench="core", simulator="amaranth", cycles=30)
try:
    amaranth_simulator.simulate(job, Path(sys.argv[1]))
except MismatchError as error:
    print(error)
"""


def test_wrong_hardware_is_found_without_assertions(tmp_path: Path):
    command = [sys.executable, "-O", "-W", "ignore", "-c", WRONG_HARDWARE, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "stream: cycle 2: mantissa lane 0 is " in done.stdout, done.stderr
    assert Progress.latest(tmp_path).failure == done.stdout.splitlines()[-1]
    assert '"done"' not in (tmp_path / "journal.jsonl").read_text()


def test_nothing_overrides_a_failure_in_the_journal(tmp_path: Path):
    for progress in (
        Progress(stage="simulate", beats=3),
        Progress(stage="simulate", beats=5, failure="wrong"),
        Progress(stage="done", beats=9),
    ):
        progress.append_to(tmp_path)
    assert Progress.latest(tmp_path) == Progress(stage="simulate", beats=5, failure="wrong")


def test_a_damaged_journal_is_a_failure(tmp_path: Path):
    Progress(stage="simulate").append_to(tmp_path)
    with (tmp_path / "journal.jsonl").open("a") as journal:
        journal.write('{"stage": "sim')
    Progress(stage="done").append_to(tmp_path)
    Progress(stage="done").append_to(tmp_path)
    assert "damaged" in Progress.latest(tmp_path).failure


@pytest.mark.parametrize(
    "xml",
    [
        "<testsuites></testsuites>",
        '<testsuites><testcase name="a"/><testcase name="b"><failure/></testcase></testsuites>',
        '<testsuites><testcase name="a"><error/></testcase></testsuites>',
        '<testsuites><testcase name="a"/>',
        "",
    ],
    ids=["none", "failed", "error", "cut", "empty"],
)
def test_results_that_are_no_success(tmp_path: Path, xml: str):
    results = tmp_path / "results.xml"
    results.write_text(xml)
    with pytest.raises(PezoError):
        require_passed(results)
    results.write_text('<testsuites><testcase name="a"/></testsuites>')
    require_passed(results)


def test_no_assert_stands_in_the_package(root: Path):
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for folder in ("pezo_hw", "sim")
        for path in sorted((root / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert found == []
