"""Bits flipped in the registers of the emitted Verilog: noticed at the promised edge, mended."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

from pezo_hw.config import load
from pezo_hw.emit import emit_core
from pezo_hw.verify.session import search_path
from pezo_hw.verify.worker import MAKE_VARIABLES
from tests.rtl.simulation import OTF

CASES = {
    "roberta": OTF + "rngs = 31\nwidth = 8\n",
    "two-lanes": OTF + "rngs = 2\nwidth = 5\n",
    "three-lanes": OTF + "rngs = 3\nwidth = 4\n",
    "four-steps": OTF + "rngs = 5\nwidth = 7\nsteps_per_cycle = 4\n",
}


def simulate(
    text: str, folder: Path, root: Path, monkeypatch, *, broken: tuple[str, str] = ("", "")
):
    """The testbench on Verilator; in the Verilog the first text is replaced by the second."""
    from cocotb_tools.runner import get_runner

    (folder / "case.toml").write_text(text + '[system]\nhealth = "reload"\n')
    core = emit_core(load(str(folder / "case.toml")), system="replay")
    for name, content in core.files.items():
        (folder / name).write_text(content.replace(*broken) if broken[0] else content)
    monkeypatch.setenv("PATH", search_path())
    monkeypatch.setenv("MAKEFLAGS", MAKE_VARIABLES)
    monkeypatch.setenv("PEZO_FLIPS", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(root))
    runner = get_runner("verilator")
    runner.build(
        sources=[folder / core.verilog_file],
        hdl_toplevel=core.top,
        build_dir=folder / "build",
        build_args=["--public-flat-rw"],
        timescale=("1ns", "1ps"),
    )
    return runner.test(
        test_module="tests.rtl.flip_testbench",
        hdl_toplevel=core.top,
        build_dir=folder / "build",
        test_dir=folder,
        timescale=("1ns", "1ps"),
        results_xml=str(folder / "results.xml"),
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_every_flip_is_noticed(name: str, tmp_path: Path, root: Path, monkeypatch):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        simulate(CASES[name], tmp_path, root, monkeypatch)
    print((tmp_path / "results.xml").read_text())
    parameters = load(str(tmp_path / "case.toml")).parameters
    lanes = [[p, bit, p + 1] for p in range(parameters.rngs) for bit in range(parameters.width)]
    tracker = [["tracker", bit, 1] for bit in range(parameters.width)]
    assert json.loads((tmp_path / "noticed.json").read_text()) == lanes + tracker
