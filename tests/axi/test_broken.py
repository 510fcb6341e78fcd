"""Verilog that is wrong in one place: cocotbext-axi and the monitor see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw.config import load
from pezo_hw.emit import emit_core
from tests.axi.simulation import simulate
from tests.cases import BOTH

pytestmark = [pytest.mark.slow, pytest.mark.icarus]

# What is written, what is put in its place, which tests run, and which of them fails.
BREAKS = {
    "a frame that is cut has no end": (
        "| closing;",
        "| 1'h0;",
        "frames_testbench",
        "a_restart_ends_the_frame",
    ),
    "an address too many": (
        "assign bus__read_allowed = |",
        "assign bus__read_allowed = 1'h1 | |",
        "registers_testbench",
        "answer_slverr",
    ),
    "another version": (
        "32'd65536 : 32'd1346722383",
        "32'd65536 << 1 : 32'd1346722383",
        "registers_testbench",
        "values_after_a_reset",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_it_is_seen(what: str, tmp_path: Path):
    right, wrong, module, failing = BREAKS[what]
    config = tmp_path / "case.toml"
    config.write_text(BOTH["smallest"])
    core = emit_core(load(config), system="axi")
    text = core.files[core.verilog_file]
    assert text.count(right) == 1
    files = core.files | {core.verilog_file: text.replace(right, wrong)}
    with pytest.raises(AssertionError, match=failing):
        simulate(str(config), "icarus", module, tmp_path, files)
