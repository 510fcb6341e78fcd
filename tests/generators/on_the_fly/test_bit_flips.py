"""Bits flipped in the registers of the emitted Verilog: noticed at the promised edge, mended."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from amaranth.hdl import Signal

from pezo_hw.config import load
from pezo_hw.emit import emit_core
from pezo_hw.systems.replay.rtl.reload_control import ReloadControl
from pezo_hw.verify.cocotb_run import run_cocotb
from pezo_hw.verify.session import worker_environment
from tests.cases import OTF

pytestmark = pytest.mark.slow

RELOAD = '[system]\nhealth = "reload"\n'
CASES = {
    "roberta": OTF + "rngs = 31\nwidth = 8\n" + RELOAD,
    "two-lanes": OTF + "rngs = 2\nwidth = 5\n" + RELOAD,
    "four-steps": OTF + "rngs = 5\nwidth = 7\nsteps_per_cycle = 4\n" + RELOAD,
}


@pytest.fixture
def flip(tmp_path: Path, root: Path, monkeypatch):
    """Runs the testbench of a case on Verilator; raises SystemExit where it fails."""
    for name, value in worker_environment("verilator").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PEZO_FLIPS", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(root))

    def simulate(name: str) -> None:
        (tmp_path / "case.toml").write_text(CASES[name])
        core = emit_core(load(str(tmp_path / "case.toml")), system="replay")
        for file, text in core.files.items():
            (tmp_path / file).write_text(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cocotb calls its own runner experimental
            run_cocotb(
                "verilator",
                tmp_path,
                core.top,
                [core.verilog_file],
                "tests.generators.on_the_fly.flip_testbench",
                reaches_inside=True,
            )

    return simulate


@pytest.mark.parametrize("name", CASES)
def test_every_flip_is_noticed_at_its_edge(name: str, flip, tmp_path: Path):
    flip(name)
    parameters = load(str(tmp_path / "case.toml")).parameters
    lanes = [[p, bit, p + 1] for p in range(parameters.rngs) for bit in range(parameters.width)]
    tracker = [["tracker", bit, 1] for bit in range(parameters.width)]
    assert json.loads((tmp_path / "noticed.json").read_text()) == lanes + tracker


class LetsThemThrough(ReloadControl):
    """A command may be taken in spite of a fault, and marks what is wrong."""

    def elaborate(self, platform):
        undriven, self.holds = self.holds, Signal(name="ignored")
        m = super().elaborate(platform)
        self.holds = undriven
        return m


def test_a_mark_behind_a_fault_is_seen(flip, monkeypatch):
    monkeypatch.setattr("pezo_hw.systems.replay.rtl.sequencer.ReloadControl", LetsThemThrough)
    with pytest.raises(SystemExit):
        flip("two-lanes")


def test_whole_orbits_without_a_flip(pezo, tmp_path: Path):
    config = tmp_path / "roberta.toml"
    config.write_text(CASES["roberta"])
    status, out, _ = pezo("verify", config, "--system", "replay", "--cycles", 60_000)
    assert (status, "bit-exact" in out) == (0, True)
