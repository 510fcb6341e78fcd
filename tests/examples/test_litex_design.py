"""The LiteX design, as LiteX writes it, in a simulator; its sums against the golden stream."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from pezo_hw.config import parse
from tests.cases import OTF, PRE

CONFIGS = {
    "rngs": OTF + "rngs = 7\nwidth = 5\n",
    "pool": PRE + "pool = 91\nlanes = 7\nwidth = 5\n",
}
HARNESS = """
module harness;
  reg sys_clk = 0, sys_rst = 1, take = 0;
  wire signed [31:0] total;
  integer cycle;
  taken_sum dut(.sys_clk(sys_clk), .sys_rst(sys_rst), .take(take), .total(total));
  always #5 sys_clk = ~sys_clk;
  initial begin
    repeat (3) @(negedge sys_clk);
    sys_rst = 0;
    for (cycle = 0; cycle < 300; cycle = cycle + 1) begin
      take = $random;
      #1 $display("%0d %b", total, take & dut.source_valid);
      @(negedge sys_clk);
    end
    $finish;
  end
endmodule
"""


@pytest.mark.slow
@pytest.mark.icarus
@pytest.mark.skipif(find_spec("litex") is None, reason="LiteX is not installed")
@pytest.mark.parametrize("name", CONFIGS)
def test_sums_of_the_beats_taken(name: str, root: Path, tmp_path: Path):
    (tmp_path / "mine.toml").write_text(CONFIGS[name])
    (tmp_path / "harness.v").write_text(HARNESS)
    command = [sys.executable, "-m", "examples.litex_design.perturbations"]
    subprocess.run([*command, tmp_path / "mine.toml", tmp_path], cwd=root, check=True)
    sources = ["harness.v", "taken_sum.v", "pezo_mine_stream.v"]
    built = ["iverilog", "-g2005", "-s", "harness", "-o", "sim", *sources]
    subprocess.run(built, cwd=tmp_path, check=True)
    lines = subprocess.check_output(["vvp", "-n", "sim"], cwd=tmp_path, text=True).splitlines()
    mantissas = parse(CONFIGS[name], name="mine").stream().window(0, 300).mantissa[:, 0]
    expected, taken = [0, *mantissas.cumsum().tolist()], 0
    for line in lines[:300]:
        total, took = line.split()
        assert int(total) == expected[taken]
        taken += took == "1"
    assert taken > 100
