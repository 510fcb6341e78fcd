"""What tests carry out is noted, however they come to it; in a small checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="make install-mutants installs it")
pytest.importorskip("coverage", reason="make install-mutants installs it")
pytest.importorskip("psutil", reason="make install-mutants installs it")

from tests.mutants.executed import Meets, read_notes
from tests.mutants.mirror import Stage
from tests.mutants.workspace import Workspace

PATH, TEST = "pezo_hw/rtl/many.py", "tests/rtl/test_many.py"
MANY = """\
from functools import cache, cached_property

def of_import():
    return 1
IMPORTED = of_import()
@cache
def cached():
    return 2
class Kept:
    @cached_property
    def value(self):
        return 3
def of_module():
    return 4
def of_fixture():
    return 5
def of_child():
    return 6
def of_thread():
    return 7
def of_generator():
    yield 8
    yield 9
def of_loop(n):
    for i in range(n):
        if i < 0:
            return 10
    return i
def of_lazy():
    return 11
"""
TESTS = """\
import os, subprocess, sys, threading
from pathlib import Path
import pytest
from pezo_hw.rtl import many

GIVEN = many.of_module()
KEPT = many.Kept()
GENERATOR = many.of_generator()

@pytest.fixture(scope="module")
def fixture():
    yield many.of_fixture()

def test_cached(): assert many.cached() == 2
def test_cached_earlier(): assert many.cached() == 2
def test_kept(): assert KEPT.value == 3
def test_kept_earlier(): assert KEPT.value == 3
def test_fixture(fixture): pass
def test_child():
    code = "import os; from pezo_hw.rtl import many; many.of_child(); os.kill(os.getpid(), 9)"
    environment = {"PYTHONPATH": os.environ["PYTHONPATH"]}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == -9
def test_fork():
    if not (child := os.fork()):
        many.of_child()
        os._exit(0)
    os.waitpid(child, 0)
def in_thread(*of):
    thread = threading.Thread(target=of[0], args=of[1:])
    thread.start()
    thread.join()
def test_thread(): in_thread(many.of_thread)
def test_first(): assert next(GENERATOR) == 8
def test_second(): assert next(GENERATOR) == 9
def test_long(): in_thread(many.of_loop, 1000)  # beyond what is looked at there, line by line
def test_short(): assert many.of_loop(2) == 1
def test_reads(): Path(many.__file__).read_text()
def test_traces(): sys.settrace(None)
def test_hates_tracers(): assert sys.gettrace() is None
def test_imports():
    import tests.rtl.helper
def test_nothing(): pass
"""
# Statements, and the tests that meet one that is broken; beside those that meet all of them.
MEET = {
    2: "cached cached_earlier",
    3: "kept kept_earlier",
    6: "child fork",
    7: "thread",
    8: "first",
    9: "second",
    10: "long",
}
ALWAYS = {"reads", "traces", "hates_tracers"}
FOR_ALL = (1, 4, 5, 11)


@pytest.mark.slow
def test_every_way_to_a_line_is_noted(checkout: Path, tmp_path: Path):
    (checkout / PATH).write_text(MANY)
    (checkout / TEST).write_text(TESTS)
    (checkout / "tests/rtl/helper.py").write_text("from pezo_hw.rtl import many; many.of_lazy()")
    workspace = Workspace.copy_of(checkout, tmp_path / "copy")
    run, notes = workspace.record(Stage(tests=(TEST,), slow=False), limit=60)
    assert run.complete, run.end
    assert not run.passed
    (executed,) = read_notes(notes, (TEST,), slow=False, taken=run.seconds)

    def met(number: int) -> set[str]:
        ends = (f"return {number}", f"yield {number}")
        lines = {i for i, line in enumerate(MANY.splitlines(), 1) if line.strip() in ends}
        left_out = Meets.of(executed, PATH, lines).left_out
        return {test.partition("::test_")[2] for test in set(executed.seconds) - left_out}

    everything = {test.partition("::test_")[2] for test in executed.seconds}
    assert len(everything) == TESTS.count("def test_")
    assert {number: met(number) - ALWAYS for number in MEET} == {
        number: set(tests.split()) for number, tests in MEET.items()
    }
    assert all(met(number) >= ALWAYS for number in MEET)
    assert all(met(number) == everything for number in FOR_ALL)
    assert "recorder" not in (workspace.folder / "pezo_hw/__init__.py").read_text()
