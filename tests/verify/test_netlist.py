"""The mapped netlist in the same benches, and the models of its block RAMs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pezo_hw.config import Config, parse
from pezo_hw.errors import PezoError
from pezo_hw.verify import Job, Outcome, verify
from pezo_hw.verify.netlist import cell_models, mapped_netlist
from tests.netlists import ON_THE_FLY as OTF
from tests.netlists import PRE_GENERATED as PRE
from tests.netlists import config_of, flipped, mapped, usual_with_models, with_models

pytestmark = pytest.mark.slow

BLOCKS = {"luts": [], "block": ["18"], "pool": ["36"]}


def played(
    config: Config,
    simulator: str,
    folder: Path,
    bench: str = "core",
    level: str = "netlist",
    cycles: int = 2000,
    **more,
) -> Outcome:
    job = Job(config=config, bench=bench, simulator=simulator, cycles=cycles, level=level, **more)
    (outcome,) = verify([job], folder)
    return outcome


@pytest.mark.icarus
@pytest.mark.parametrize("name", BLOCKS)
def test_small_netlists_are_bit_exact_on_icarus(tmp_path, name):
    files = with_models(name)
    assert played(config_of(name), "icarus", tmp_path, level="rtl", rtl=files).failure == ""


@pytest.mark.icarus
def test_a_replay_s_netlist_is_bit_exact(tmp_path):
    """What the worker itself maps, `tests.verify.test_presets` plays."""
    config = config_of("luts")
    more = {"level": "rtl", "rtl": usual_with_models(config, "replay")}
    for simulator in ("icarus", "verilator"):
        assert played(config, simulator, tmp_path / simulator, "replay", **more).failure == ""


@pytest.mark.icarus
@pytest.mark.parametrize("preset", ["paper-roberta", "paper-opt", "row-pool"])
def test_the_presets_netlists_are_bit_exact_on_icarus(tmp_path, preset):
    """That of paper-pool is played over whole orbits, in `tests.verify.test_presets`."""
    files = with_models(preset)
    assert played(config_of(preset), "icarus", tmp_path, level="rtl", rtl=files).failure == ""


@pytest.mark.parametrize("preset", ["paper-roberta", "row-pool"])
def test_the_presets_netlists_are_bit_exact_on_verilator(tmp_path, preset):
    more = {"level": "rtl", "rtl": with_models(preset), "cycles": 20_000}
    outcome = played(config_of(preset), "verilator", tmp_path, **more)
    assert outcome.failure == ""
    assert outcome.cycles > 20_000


@pytest.mark.parametrize("name", BLOCKS)
def test_the_netlist_holds_mapped_cells_only(name):
    _, netlist = mapped(name)
    assert re.findall(r"^  RAMB(18|36)E2 #", netlist, re.MULTILINE) == BLOCKS[name]
    assert "always" not in netlist
    assert "$mem" not in netlist


@pytest.mark.icarus
@pytest.mark.parametrize(
    ("name", "cell", "parameter"),
    [
        ("luts", r"LUT\d", "INIT"),
        ("luts", "FDSE", "INIT"),
        ("block", "RAMB18E2", "INIT_00"),
        ("pool", "RAMB36E2", "INIT_00"),
        ("pool", "RAMB36E2", "INITP_00"),
    ],
)
def test_a_flipped_bit_of_the_netlist_is_seen(tmp_path, name, cell, parameter):
    core, netlist = mapped(name)
    files = {core.verilog_file: flipped(netlist, cell, parameter), **cell_models()}
    outcome = played(config_of(name), "icarus", tmp_path, level="rtl", rtl=files)
    assert "expected" in outcome.failure


@pytest.mark.icarus
@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (".WEA(2'h0)", ".WEA(2'h1)", "a pin asks for what is not modelled"),
        (".SLEEP(1'h0)", ".SLEEP(1'h1)", "a pin asks for what is not modelled"),
        (".DOA_REG(32'sd0)", ".DOA_REG(1)", ""),
    ],
)
def test_a_mode_that_is_not_modelled_is_refused(tmp_path, right, wrong, says):
    """A pin by the simulation, in its own words; a parameter by the build."""
    core, netlist = mapped("block")
    assert netlist.count(right) == 1
    files = {core.verilog_file: netlist.replace(right, wrong), **cell_models()}
    outcome = played(config_of("block"), "icarus", tmp_path, level="rtl", rtl=files)
    assert not outcome.passed
    assert not outcome.is_mismatch
    unbuilt = "icarus failed to build (iverilog failed: ramb.v:"
    expected = f"icarus stopped: RAMB18E2: {says}; see" if says else unbuilt
    assert outcome.failure.startswith(expected)


def test_verilator_s_last_words_are_reported(tmp_path):
    core, netlist = mapped("block")
    files = {core.verilog_file: netlist.replace(".SLEEP(1'h0)", ".SLEEP(1'h1)"), **cell_models()}
    outcome = played(config_of("block"), "verilator", tmp_path, level="rtl", rtl=files)
    assert outcome.failure.startswith("verilator stopped: RAMB18E2: a pin asks for what is not")


# Pools whose words use a block RAM in part, and tables that are written.
WRITTEN = {
    "24-bit": f"{PRE}pool = 200\nwidth = 24\nlanes = 1\n",
    "9-bit": f"{PRE}pool = 630\nwidth = 9\nlanes = 7\n",
    "18-bit": f"{PRE}pool = 130\nwidth = 18\nlanes = 2\n",
    "5-bit": f"{PRE}pool = 2080\nwidth = 5\nlanes = 1\n",
    "deep": f"{PRE}pool = 4200\nwidth = 10\nlanes = 1\n",
    "table": f"{OTF}rngs = 3\nwidth = 8\n",
}


@pytest.mark.slow
@pytest.mark.icarus
@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_is_bit_exact_in_the_netlist(tmp_path, name):
    config = parse(f'{WRITTEN[name]}[system]\nload = "contents"\n', name=name)
    files = usual_with_models(config, "replay")
    assert played(config, "icarus", tmp_path, "replay", level="rtl", rtl=files).failure == ""


def test_amaranths_simulator_has_no_netlist(pezo):
    status, _, err = pezo("verify", "paper-pool", "--level", "netlist", "--simulator", "amaranth")
    assert status == 2
    assert "--level netlist needs a Verilog simulator; allowed: verilator, icarus" in err


def test_the_netlist_has_no_bench_but_the_core(pezo):
    options = ("--level", "netlist", "--bench", "lfsr-bank")
    status, _, err = pezo("verify", "paper-roberta", *options)
    assert status == 2
    assert "allowed for paper-roberta: core" in err


def test_verilog_that_yosys_cannot_map_is_one_line():
    with pytest.raises(PezoError, match=r"pyosys .* failed: .*syntax error"):
        mapped_netlist("module top (;", {}, "top")
