"""``pytest sim``: the testbenches of this folder, on each simulator that is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import simulate as simulation
from simulate import SIMULATORS, SYSTEMS, simulate

from pezo_hw import PezoError, load


@pytest.mark.slow
@pytest.mark.parametrize("simulator", SIMULATORS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_system_shows_the_golden_stream(system: str, simulator: str, tmp_path: Path) -> None:
    """Each testbench passes on hardware that is right."""
    if simulator == "icarus" and shutil.which("iverilog") is None:
        pytest.skip("iverilog is not on PATH")
    simulate(system, tmp_path, simulator=simulator)


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
def test_other_numbers_are_seen(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each testbench fails on hardware that makes another stream."""
    other = tmp_path / "other.toml"
    other.write_text('[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nseed = 2\n')
    monkeypatch.setattr(simulation, "load", lambda source: load(other))
    simulator = SIMULATORS[shutil.which("iverilog") is not None]
    with pytest.raises((PezoError, SystemExit)):
        simulate(system, tmp_path / "work", simulator=simulator)
