"""Loads and health through cocotbext-axi."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.axi.simulation import simulate
from tests.cases import OTF, PRE

pytestmark = [pytest.mark.slow, pytest.mark.icarus]
TESTS = 8
CASES = {
    "all": OTF + 'rngs = 7\nwidth = 5\n[system]\nload = "contents"\nhealth = "reload"\n',
    "phase": OTF + 'rngs = 4\nwidth = 6\n[scaling]\noutput = "fixed-point"\n'
    '[system]\nload = "phase"\nhealth = "flag"\n',
    "pool": PRE + 'pool = 91\nlanes = 7\nwidth = 9\n[system]\nload = "contents"\n',
}


@pytest.mark.parametrize("name", CASES)
def test_on_icarus(name: str, tmp_path: Path):
    config = tmp_path / f"{name}.toml"
    config.write_text(CASES[name])
    assert simulate(str(config), "icarus", "options_testbench", tmp_path) == TESTS
