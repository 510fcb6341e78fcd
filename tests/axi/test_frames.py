"""Commands and frames through cocotbext-axi."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.axi.simulation import simulate
from tests.cases import BOTH

pytestmark = pytest.mark.slow
TESTS = 8


@pytest.mark.parametrize("preset", ["paper-roberta", "paper-pool"])
def test_on_verilator(preset: str, tmp_path: Path):
    assert simulate(preset, "verilator", "frames_testbench", tmp_path) == TESTS


@pytest.mark.icarus
@pytest.mark.parametrize("name", ["smallest", "fixed-point", "narrow-tile", "midrise", "one-row"])
def test_on_icarus(name: str, tmp_path: Path):
    config = tmp_path / f"{name}.toml"
    config.write_text(BOTH[name])
    assert simulate(str(config), "icarus", "frames_testbench", tmp_path) == TESTS


def test_a_million_beats(tmp_path: Path):
    assert simulate("paper-roberta", "verilator", "long_testbench", tmp_path) == 1
