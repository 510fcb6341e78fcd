"""Both drivers on the emitted Verilog."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from tests.axi.simulation import simulate
from tests.driver.c_driver import LIBRARY_VARIABLE

pytestmark = pytest.mark.slow

CONTENTS = '[system]\nload = "contents"\n'
FLY = '[perturbation]\nstrategy = "on-the-fly"\n'
POOL = '[perturbation]\nstrategy = "pre-generated"\n'
ROWS = '[pre-generated]\nleftover = "row"\n'
# Each with the number of stories that it can tell.
CONFIGS = {
    "roberta": (6, FLY + CONTENTS + 'health = "reload"\n'),
    "paper-pool": (5, POOL + CONTENTS),
    "copies-counted": (5, POOL + "[pre-generated]\npool = 28\nlanes = 6\nwidth = 9\n" + CONTENTS),
    "copies-drawn": (
        1,
        POOL + 'start = "drawn"\n[pre-generated]\npool = 28\nlanes = 6\nwidth = 9\n'
        '[system]\nload = "phase"\n',
    ),
    "small": (6, FLY + "[on-the-fly]\nrngs = 3\nwidth = 4\n" + CONTENTS + 'health = "flag"\n'),
    "fixed-point": (
        6,
        FLY + "[on-the-fly]\nrngs = 5\nwidth = 6\nsteps_per_cycle = 4\nlanes = 7\n"
        '[scaling]\noutput = "fixed-point"\n' + CONTENTS + 'health = "reload"\n',
    ),
    "phase-only": (
        4,
        FLY + '[on-the-fly]\nrngs = 7\nwidth = 5\nformat = "midrise"\n[system]\nload = "phase"\n',
    ),
    "plain": (2, FLY + "[on-the-fly]\nrngs = 7\nwidth = 5\n"),
    "pool": (4, POOL + ROWS + "pool = 60\nlanes = 5\nwidth = 9\n" + CONTENTS),
}
# And how many of a model in several commands, by both drivers.
OF_SEVERAL = {"small": 2, "pool": 1, "copies-counted": 1, "copies-drawn": 1}
ON_VERILATOR = ("roberta", "paper-pool")


@pytest.mark.parametrize("name", ON_VERILATOR)
def test_on_verilator(name: str, c_library: ctypes.CDLL, tmp_path: Path):
    _simulate(name, "verilator", c_library, tmp_path)


@pytest.mark.icarus
@pytest.mark.parametrize("name", [name for name in CONFIGS if name not in ON_VERILATOR])
def test_on_icarus(name: str, c_library: ctypes.CDLL, tmp_path: Path):
    _simulate(name, "icarus", c_library, tmp_path)


def _simulate(name: str, simulator: str, library: ctypes.CDLL, folder: Path) -> None:
    stories, text = CONFIGS[name]
    config = folder / f"{name}.toml"
    config.write_text(text, encoding="utf-8")
    environment = {LIBRARY_VARIABLE: library._name}
    module = "tests.driver.driver_testbench"
    told = 2 + 3 * stories + OF_SEVERAL.get(name, 0)
    flips = "health" in text
    tests = simulate(str(config), simulator, module, folder, reaches_inside=flips, **environment)
    assert tests == told
