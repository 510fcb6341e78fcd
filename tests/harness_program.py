"""Plain Verilog that prints lines, with a clock from outside, on a simulator.

The module ``harness`` has the one pin ``clk``. The macro OWN_CLOCK adds a module ``clocked`` around
it, which makes the clock; Verilator would take several times as long for that.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from pezo_hw.tools.simulation import Simulation

# Runs the clock until the Verilog says that it is over.
_MAIN = """
int main() {
    VerilatedContext context;
    Vtop top{&context};
    while (!context.gotFinish()) {
        top.clk ^= 1;
        top.eval();
    }
    top.final();
}
"""


def printed(
    simulator: str, sources: Sequence[Path], macros: Mapping[str, object], folder: Path
) -> list[str]:
    """The lines that the module ``harness`` prints; relative paths are in the folder."""
    defines = [f"-D{name}={value}" for name, value in macros.items()]
    files = [str(source) for source in sources]
    if simulator == "icarus":
        options = ["-g2005", "-DOWN_CLOCK", *defines, "-s", "clocked", "-o", "sim"]
        _run(["iverilog", *options, *files], folder)
        return _run(["vvp", "-n", "sim"], folder)
    options = ["-Wno-fatal", *defines]
    model = Simulation(top="harness", sources=tuple(files), main=_MAIN, options=tuple(options))
    return _run([str(model.build(folder))], folder)


def _run(command: Sequence[str], folder: Path) -> list[str]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
