"""Yosys in its own process."""

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.emit.yosys import run_yosys


def test_the_log_comes_back(tmp_path: Path):
    (tmp_path / "x.v").write_text("module x(input a, output b); assign b = ~a; endmodule\n")
    log = run_yosys(["read_verilog x.v", "stat"], tmp_path)
    assert "Number of cells" in log or "$not" in log


def test_an_error_is_one_line_with_yosys_words(tmp_path: Path):
    with pytest.raises(PezoError, match=r"yosys failed: .*nowhere\.v"):
        run_yosys(["read_verilog nowhere.v"], tmp_path)
