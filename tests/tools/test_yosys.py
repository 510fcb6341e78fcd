"""Yosys in its own process."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools import yosys
from pezo_hw.tools.yosys import Yosys, find_yosys, run_yosys


def test_the_log_comes_back(tmp_path: Path):
    (tmp_path / "x.v").write_text("module x(input a, output b); assign b = ~a; endmodule\n")
    log = run_yosys(["read_verilog x.v", "stat"], tmp_path)
    assert "Number of cells" in log or "$not" in log


def test_an_error_is_one_line_with_yosys_words(tmp_path: Path):
    with pytest.raises(PezoError, match=r"yosys .*failed: .*nowhere\.v"):
        run_yosys(["read_verilog nowhere.v"], tmp_path)


def test_an_installation_without_its_library_is_refused_by_name(tmp_path: Path):
    script = "import sys; print('ERROR: Can not open +/xilinx', file=sys.stderr); sys.exit(1)"
    broken = Yosys(name="yosys 9", command=(sys.executable, "-c", script))
    with pytest.raises(PezoError, match=r"yosys 9 failed: ERROR: Can not open"):
        broken.run(["stat"], tmp_path)


def test_a_program_that_cannot_be_run_is_refused_by_name(tmp_path: Path):
    with pytest.raises(PezoError, match="yosys 9 cannot be run: No such file"):
        Yosys(name="yosys 9", command=(str(tmp_path / "none"),)).run([], tmp_path)


def _installation(name: str, *, works: bool) -> Callable[[], Yosys]:
    def find() -> Yosys:
        return Yosys(name=name, command=("cp", "yosys.ys", "yosys.log") if works else ("false",))

    return find


def test_a_program_that_is_no_yosys_is_refused(tmp_path: Path):
    """It says that all went well, and has done nothing."""
    with pytest.raises(PezoError, match="yosys 9 failed: it says nothing"):
        Yosys(name="yosys 9", command=("true",)).run(["stat"], tmp_path)


def test_a_broken_installation_gives_way_to_the_next(monkeypatch: pytest.MonkeyPatch):
    candidates = (_installation("bad", works=False), _installation("good", works=True))
    monkeypatch.setattr(yosys, "CANDIDATES", candidates)
    assert find_yosys.__wrapped__().name == "good"


def test_without_any_the_error_says_what_is_wrong_with_each(monkeypatch: pytest.MonkeyPatch):
    candidates = (_installation("bad", works=False), _installation("worse", works=False))
    monkeypatch.setattr(yosys, "CANDIDATES", candidates)
    with pytest.raises(PezoError, match=r"no usable Yosys \(bad failed.*worse failed.*pip install"):
        find_yosys.__wrapped__()
