"""Our model of the hardened multiplier against Python's integers, on Icarus."""

import random
import subprocess
from pathlib import Path

import pytest

from pezo_hw.verify.netlist import cell_models

_OFF = (
    *("ACASC", "AD", "ALUMODE", "A", "BCASC", "B", "CARRYIN"),
    *("CARRYINSEL", "C", "D", "INMODE", "M", "OPMODE", "P"),
)
_BENCH = """
module bench;
  reg [29:0] a; reg [17:0] b; wire [47:0] p;
  DSP48E2 #({parameters}) dsp (.A(a), .B(b), .P(p), .OPMODE({opmode}), .ALUMODE(4'h0),
    .INMODE(5'h00), .CARRYIN(1'b0), .CARRYINSEL(3'h0), .ACIN(30'h0), .BCIN(18'h0), .C(48'h0),
    .D(27'h0), .PCIN(48'h0));
  initial begin
{steps}
  end
endmodule
"""


def products(folder: Path, pairs: list[tuple[int, int]], mreg: int = 0, opmode: str = "9'h005"):
    registers = {f"{name}REG": 0 for name in _OFF} | {"MREG": mreg}
    parameters = ", ".join(f".{name}({value})" for name, value in registers.items())
    steps = "\n".join(
        f"    a = 30'd{a % 2**30}; b = 18'd{b % 2**18}; #1 $display(\"%0d\", $signed(p));"
        for a, b in pairs
    )
    bench = _BENCH.format(parameters=parameters, opmode=opmode, steps=steps)
    (folder / "bench.v").write_text(bench, "utf-8")
    (folder / "dsp.v").write_text(cell_models()["dsp.v"], "utf-8")
    build = ["iverilog", "-g2012", "-s", "bench", "-o", "x", "bench.v", "dsp.v"]
    subprocess.run(build, cwd=folder, check=True, capture_output=True)
    done = subprocess.run(["vvp", "x"], cwd=folder, check=True, capture_output=True, text=True)
    return [int(line) for line in done.stdout.split()]


@pytest.mark.icarus
def test_products(tmp_path: Path):
    random.seed(2)
    pairs = [(-(2**26), -(2**17)), (2**26 - 1, -(2**17)), (-1, 1), (0, 5)]
    pairs += [
        (random.randrange(-(2**26), 2**26), random.randrange(-(2**17), 2**17)) for _ in range(50)
    ]
    assert products(tmp_path, pairs) == [a * b for a, b in pairs]


@pytest.mark.icarus
def test_what_has_no_model_is_refused(tmp_path: Path):
    with pytest.raises(subprocess.CalledProcessError) as refused:
        products(tmp_path, [(1, 1)], mreg=1)
    assert b"pezo_no_model_of_a_dsp48e2_with_registers" in refused.value.stderr
    with pytest.raises(subprocess.CalledProcessError):
        products(tmp_path, [(1, 1)], opmode="9'h035")
