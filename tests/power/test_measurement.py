"""Toggles against the golden model, and what becomes of them in standard cells."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pezo_hw import ConfigError, PezoError
from pezo_hw.config import Config, parse
from pezo_hw.power import Liberty, PowerFigures, Request, measure, measurement
from pezo_hw.power.toggles import FLIP_FLOP, MOST_NETS, Toggles
from pezo_hw.synth import Cache
from tests.power.cells import AREA, write_liberty

SMALL = """
[perturbation]
strategy = "on-the-fly"
[on-the-fly]
rngs = 4
width = 5
"""
MHZ = 50.0


@pytest.fixture
def liberty(tmp_path: Path) -> Liberty:
    return Liberty.read(write_liberty(tmp_path))


def golden_toggles(config: Config, cycles: int) -> dict[str, float]:
    """Changes a cycle of every bit of the mantissas, by its name at the pins."""
    bits = config.parameters.fixed_point.bits
    mantissas = config.stream().window(0, cycles + 1).mantissa.astype(np.int64)
    levels = (mantissas[:, :, None] >> np.arange(bits) & 1).reshape(cycles + 1, -1)
    changes = np.abs(np.diff(levels, axis=0)).sum(axis=0)
    return {f"mantissa[{bit}]": int(count) / cycles for bit, count in enumerate(changes)}


def of_mantissas(toggles: Toggles) -> dict[str, float]:
    return {net.name: net.toggles for net in toggles.nets if net.name.startswith("mantissa[")}


@pytest.mark.slow
def test_a_gate_without_an_area_is_not_counted_as_nothing(tmp_path: Path):
    path = write_liberty(tmp_path)
    path.write_text(path.read_text().replace(f"area : {AREA['DFF']};", ""))
    request = Request(liberty=Liberty.read(path), cycles=2)
    with pytest.raises(
        PezoError, match=r"^paper: it says no area of DFF, which pezo_small uses; a"
    ):
        measure([parse(SMALL, name="small")], request)


@pytest.mark.slow
@pytest.mark.opensta
def test_toggles_are_those_of_the_golden_model_in_both_kinds_of_cells(
    liberty: Liberty, tmp_path: Path
):
    config = parse(SMALL, name="small")
    orbit = config.parameters.joint_orbit
    request = Request(
        liberty=liberty, mhz=MHZ, nets=MOST_NETS, cache=Cache(folder=tmp_path / "cache")
    )
    steps: list[str] = []
    (figures,) = measure([config], request, on_step=steps.append)
    assert steps == ["small"] * measurement.STEPS
    assert figures.cycles == orbit == 124
    golden = golden_toggles(config, orbit)
    assert of_mantissas(figures.toggles) == golden
    assert len(golden) == 20
    cells = figures.in_cells
    assert cells is not None
    assert of_mantissas(cells.toggles) == golden
    # In both the same registers change, but for the buffers and inverters around them.
    assert figures.toggles.by_kind[FLIP_FLOP] >= sum(golden.values())
    assert cells.toggles.by_kind[FLIP_FLOP] == pytest.approx(
        figures.toggles.by_kind[FLIP_FLOP], rel=0.2
    )
    check_cells(figures)
    # A second time nothing is built, and the figures are the same.
    (again,) = measure([config], request)
    assert again == figures


def check_cells(figures: PowerFigures) -> None:
    cells = figures.in_cells
    assert cells is not None
    assert cells.clocked is not None
    drawn = cells.clocked.power
    assert cells.clocked.energy_pj == pytest.approx(drawn.total / MHZ * 1e6)
    assert figures.energy_a_number_pj == pytest.approx(cells.clocked.energy_pj / 4)
    assert cells.clocked.period_ns < 1e3 / MHZ
    # 25 flip-flops and some, and gates of which none is larger than one.
    assert 25 * AREA["DFF"] < cells.area < cells.cells * AREA["DFF"]


@pytest.mark.slow
@pytest.mark.opensta
def test_a_clock_that_is_too_fast_is_known_before_anything_is_simulated(
    liberty: Liberty, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(measurement, "_simulate", lambda *rest: pytest.fail("simulated"))
    request = Request(liberty=liberty, mhz=2000.0, cache=Cache(folder=tmp_path / "cache"))
    allowed = r"^--clock = 2000.0 is not allowed; allowed: at most (\S+) MHz: small needs (\S+) ns"
    with pytest.raises(ConfigError, match=allowed + " in paper$") as caught:
        measure([parse(SMALL, name="small")], request)
    words = str(caught.value).split()
    highest, period = float(words[words.index("most") + 1]), float(words[words.index("ns") - 1])
    assert period > 0.5
    assert highest * period == pytest.approx(1e3, rel=0.01)
    assert highest * period <= 1e3 * 1.001


def test_a_clock_is_of_a_library_and_one_that_can_be(liberty: Liberty):
    with pytest.raises(ConfigError, match=r"^--clock = 50.0 is not allowed; .*--liberty"):
        Request(mhz=50.0)
    for mhz in (0.0, -1.0, float("nan"), float("inf"), 1e9):
        with pytest.raises(ConfigError, match=r"^--clock = .* megahertz from 0.001 to 100,000$"):
            Request(liberty=liberty, mhz=mhz)


def test_without_opensta_a_clock_is_one_line(liberty: Liberty, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pezo_hw.tools.toolchain.places", lambda *names: iter(()))
    wanted = (
        r"^OpenSTA 2.0 is needed; none is on PATH; Debian: apt install opensta; without --clock"
    )
    with pytest.raises(PezoError, match=wanted):
        Request(liberty=liberty, mhz=50.0)
    assert Request(liberty=liberty).mhz is None
