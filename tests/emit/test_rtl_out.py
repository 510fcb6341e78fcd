"""The checked-in Verilog of the presets is what the package emits today."""

from pathlib import Path

import pytest

from pezo_hw import load, preset_names
from pezo_hw.emit import emit_core

LARGE = ("wide", "mezo")  # a thousand registers each, which take seconds to emit
CASES = [pytest.param(name, marks=[pytest.mark.slow] * (name in LARGE)) for name in preset_names()]


@pytest.mark.parametrize("name", CASES)
def test_it_is_not_stale(name: str, root: Path):
    folder = root / "rtl_out" / name
    written = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert written == emit_core(load(name)).files, "run: make rtl"


def test_there_is_nothing_else(root: Path):
    assert sorted(path.name for path in (root / "rtl_out").iterdir()) == preset_names()
