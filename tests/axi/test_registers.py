"""The registers through cocotbext-axi."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.axi.simulation import simulate
from tests.cases import BOTH

pytestmark = pytest.mark.slow
TESTS = 4


@pytest.mark.parametrize("preset", ["paper-roberta", "paper-pool"])
def test_on_verilator(preset: str, tmp_path: Path):
    assert simulate(preset, "verilator", "registers_testbench", tmp_path) == TESTS


@pytest.mark.icarus
@pytest.mark.parametrize(
    "name", ["fixed-point-wide", "eight-code-bits", "leap", "constant", "two-counters"]
)
def test_on_icarus(name: str, tmp_path: Path):
    config = tmp_path / f"{name}.toml"
    config.write_text(BOTH[name])
    assert simulate(str(config), "icarus", "registers_testbench", tmp_path) == TESTS
