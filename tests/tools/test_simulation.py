"""Programs of Verilog, built in folders of any name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools import simulation
from pezo_hw.tools.processes import run_checked
from pezo_hw.tools.simulation import USUAL, Simulation, prepare_library, require_builder
from pezo_hw.tools.toolchain import COMPILER, Program

VERILOG = """\
module half(input [7:0] a, output [7:0] b);
  reg [7:0] table_ [0:1];
  initial $readmemh("table.mem", table_);
  assign b = (a >> 1) ^ table_[a[0]];
endmodule
"""
MAIN = """\
#include "Vtop.h"
#include <cstdio>
int main() {
    VerilatedContext context;
    Vtop top{&context};
    for (int a = 0; a < 4; ++a) { top.a = a; top.eval(); std::printf("%d ", top.b); }
}
"""
PRINTED = "5 6 4 7 "
HALF = Simulation(top="half", sources=("half.v",), main=MAIN, compiler_options=("-O0",))


def written(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "half.v").write_text(VERILOG)
    (folder / "table.mem").write_text("05\n06\n")
    return folder


@pytest.mark.slow
def test_it_runs(tmp_path: Path):
    program = HALF.build(written(tmp_path))
    assert program == tmp_path / "build" / "half"
    assert run_checked([str(program)], tmp_path) == PRINTED


@pytest.mark.slow
def test_in_a_folder_of_any_name(tmp_path: Path):
    folder = written(tmp_path / "a b$(c)#d'e\"f%g;h&i\\j:k*é\n\tl")
    assert run_checked([str(HALF.build(folder))], folder) == PRINTED


@pytest.mark.slow
def test_in_several_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(simulation, "_LARGEST_BYTES", 1)
    program = HALF.build(written(tmp_path))
    assert len(list((tmp_path / "build").glob("unit_*.cpp"))) > 2
    assert run_checked([str(program)], tmp_path) == PRINTED


def test_what_does_not_compile_is_one_line(tmp_path: Path):
    broken = Simulation(top="half", sources=("half.v",), main="int main() { return nothing; }\n")
    with pytest.raises(PezoError, match=r"^the C\+\+ compiler failed: .*nothing"):
        broken.build(written(tmp_path))


def test_where_no_program_may_run_the_remedy_is_named(tmp_path: Path, monkeypatch):
    """As in a file system that is mounted noexec."""
    allowed = os.access
    monkeypatch.setattr(
        simulation.os, "access", lambda path, mode: mode != os.X_OK and allowed(path, mode)
    )
    with pytest.raises(PezoError, match=r"build: no program may be run there; allowed: TMPDIR"):
        simulation._runnable(tmp_path / "build" / "half")


def test_what_is_needed_is_there():
    require_builder()


def test_a_missing_compiler_is_one_line(monkeypatch: pytest.MonkeyPatch):
    none = Program(
        requirement=COMPILER.requirement,
        names=("no-compiler",),
        versions=(),
        remedy=COMPILER.remedy,
    )
    monkeypatch.setattr(simulation, "COMPILER", none)
    with pytest.raises(
        PezoError, match=r"a C\+\+17 compiler .* is needed; none is on PATH; Debian"
    ):
        require_builder()


@pytest.mark.slow
def test_the_library_is_prepared_for_cocotb():
    told: list[int] = []
    prepare_library(lambda: told.append(1))
    assert len(told) == len(USUAL)
