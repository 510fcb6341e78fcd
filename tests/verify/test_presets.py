"""The presets on two simulators: every module alone, both cores over their whole orbits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pezo_hw.config.sources import preset_text
from tests.making import pointed

pytestmark = pytest.mark.slow


def verified(out: str) -> dict[tuple[str, str], int]:
    """Beats by config and bench, from the closing table; every row must be bit-exact."""
    rows = [re.split(r"\s*│\s*", line.strip("│ \n")) for line in out.splitlines() if "│" in line]
    assert rows
    assert all(row[-1] == "bit-exact" for row in rows)
    return {(row[0], row[1]): int(row[2].replace(",", "")) for row in rows}


@pytest.mark.icarus
def test_everything_on_icarus(pezo):
    status, out, _ = pezo("verify", "paper-roberta", "row-pool", "--simulator", "icarus")
    beats = verified(out)
    assert status == 0
    assert len(beats) == 6
    assert beats["paper-roberta", "core"] > 7905
    assert beats["row-pool", "core"] > 2 * 91
    assert beats["row-pool", "pool-reader"] > 2 * 91


@pytest.mark.icarus
@pytest.mark.parametrize(
    ("simulator", "level"), [("verilator", "rtl"), ("icarus", "rtl"), ("icarus", "netlist")]
)
def test_whole_orbits_of_the_pool(pezo, simulator: str, level: str):
    """Every start of a cycle, and three times from the last one to the first."""
    options = ("--simulator", simulator, "--level", level, "--cycles", 18_000)
    status, out, _ = pezo("verify", "paper-pool", "--bench", "core", *options)
    assert status == 0
    assert verified(out)["paper-pool", "core"] > 3 * 4095


@pytest.mark.icarus
def test_paper_opt_on_icarus(pezo):
    command = ("verify", "paper-opt", "--simulator", "icarus", "--cycles", 3000)
    status, out, _ = pezo(*command)
    assert status == 0
    assert len(verified(out)) == 4


def test_the_checked_in_verilog_on_verilator(pezo, root):
    presets = ("paper-roberta", "paper-opt", "paper-pool", "row-pool")
    status, out, _ = pezo("verify", *presets, "--rtl", root / "rtl_out")
    beats = verified(out)
    assert status == 0
    assert beats["paper-roberta", "core"] > 7905
    assert beats["paper-opt", "core"] > 507_873
    assert beats["paper-pool", "core"] > 2 * 4095
    assert beats["row-pool", "core"] > 2 * 91


def test_the_presets_that_train_on_verilator(pezo):
    """What `wide` takes is the compiler's time: a bank of 11,264 bits in one piece."""
    command = ("verify", "spread", "wide", "--bench", "core", "--cycles", 2000)
    status, out, _ = pezo(*command)
    beats = verified(out)
    assert status == 0
    assert min(beats["spread", "core"], beats["wide", "core"]) > 2000


@pytest.mark.parametrize("bench", ["lfsr-bank", "circular-shift-pointer", "scale-factor-lut"])
def test_modules_on_verilator(pezo, bench: str):
    status, out, _ = pezo("verify", "paper-roberta", "--bench", bench)
    assert status == 0
    assert verified(out)["paper-roberta", bench] > 7905


@pytest.mark.parametrize("bench", ["pool-reader", "copy-address"])
def test_modules_of_the_pool_on_verilator(pezo, bench: str):
    status, out, _ = pezo("verify", "paper-pool", "--bench", bench)
    assert status == 0
    assert verified(out)["paper-pool", bench] > 2 * 4095


@pytest.mark.parametrize("preset", ["paper-roberta", "paper-opt"])
def test_the_pointer_architecture_at_full_size_on_verilator(pezo, preset: str, tmp_path: Path):
    config = tmp_path / "pointer.toml"
    config.write_text(pointed(preset_text(preset)))
    status, out, _ = pezo("verify", config, "--bench", "core")
    assert status == 0
    assert verified(out)["pointer", "core"] > 7905


def test_amaranths_own_simulator(pezo):
    presets = ("paper-roberta", "paper-pool", "row-pool")
    status, out, _ = pezo("verify", *presets, "--simulator", "amaranth")
    assert status == 0
    assert len(verified(out)) == 9


@pytest.mark.icarus
@pytest.mark.parametrize("system", ["stream", "replay", "axi"])
def test_systems_on_icarus(pezo, system: str):
    presets = ("paper-roberta", "paper-opt", "paper-pool")
    options = ("--system", system, "--simulator", "icarus", "--cycles", 2000)
    status, out, _ = pezo("verify", *presets, *options)
    assert status == 0
    assert set(verified(out)) == {(preset, system) for preset in presets}


@pytest.mark.icarus
@pytest.mark.parametrize("system", ["stream", "replay", "axi"])
def test_their_netlists_on_icarus(pezo, system: str):
    options = ("--system", system, "--level", "netlist", "--simulator", "icarus")
    status, out, _ = pezo("verify", "paper-roberta", "paper-pool", *options, "--cycles", 2000)
    assert status == 0
    assert len(verified(out)) == 2


@pytest.mark.parametrize("system", ["stream", "replay", "axi"])
def test_written_systems_on_verilator(pezo, tmp_path, system: str):
    presets = ("paper-roberta", "paper-pool")
    assert pezo("generate", *presets, "-o", tmp_path, "--system", system)[0] == 0
    status, out, _ = pezo("verify", *presets, "--rtl", tmp_path, "--system", system)
    assert status == 0
    assert verified(out)["paper-roberta", system] > 4000
