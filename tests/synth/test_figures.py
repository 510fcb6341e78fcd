"""The guard: what the cores take, against what was recorded and what the issue asks for."""

import json
from pathlib import Path

import pytest

from pezo_hw import load
from pezo_hw.synth import Cache, measure
from pezo_hw.synth.figures import Change, Figures, compare, measure_figures
from pezo_hw.synth.table6 import markdown, table6

RECORD = "make record-figures"
# LUT, FF, BRAM, levels; LUT sites for the two-tap row.
LIMITS = {
    "paper-roberta": {"lut": 32, "ff": 260, "bram": 0.5, "levels": 1},
    "paper-opt": {"lut": 32, "ff": 452, "bram": 1, "levels": 1},
    "two-taps-9": {"lut_sites": 16, "ff": 292, "bram": 0.5, "levels": 1},
    "paper-pool": {"lut": 8, "ff": 16, "bram": 8, "levels": 1},
    "leap-8": {"lut": 256, "ff": 260, "bram": 0.5, "levels": 1},
    "leap-14": {"lut": 448, "ff": 452, "bram": 1, "levels": 1},
}
# What the same core reaches on ECP5 without a register behind the block RAM, in MHz.
WITHOUT_OUTPUT_REGISTER = 218


def figures(**numbers: float) -> Figures:
    return {"xcup": {"core": numbers}}


def test_growth_is_named_with_its_size():
    (change,) = compare(figures(lut=32, ff=259), figures(lut=33, ff=259))
    assert str(change) == "xcup core: lut 32 → 33 (+1)"
    assert not change.is_wanted


def test_what_shrinks_is_shown_and_passes():
    (change,) = compare(figures(bram=1), figures(bram=0.5))
    assert (change.difference, change.is_wanted) == ("-0.5", True)


def test_what_was_never_recorded_or_has_gone_does_not_pass():
    new, gone = compare(figures(old=1), figures(new=1))
    assert (new.difference, new.is_wanted) == ("not recorded", False)
    assert (gone.difference, gone.is_wanted) == ("no longer measured", False)


def test_equal_figures_are_no_change():
    assert compare(figures(lut=32), figures(lut=32)) == []


@pytest.fixture(scope="module")
def measured(cache: Cache) -> Figures:
    return measure_figures(cache=cache)


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_no_core_takes_more_than_was_recorded(root: Path, measured: Figures):
    recorded = json.loads((root / "tests/synth/figures.json").read_text())
    grown = [change for change in compare(recorded, measured) if not change.is_wanted]
    assert not grown, f"{_listed(grown)}\nto record a wanted change: {RECORD}"


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
@pytest.mark.parametrize("name", LIMITS)
def test_a_core_meets_its_limits(name: str, measured: Figures):
    taken = measured["xcup"][name]
    assert {what: taken[what] for what in LIMITS[name] if taken[what] > LIMITS[name][what]} == {}


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_the_table_in_the_documentation_is_the_measured_one(root: Path, cache: Cache):
    written = (root / "docs/table6.md").read_text("utf-8")
    assert markdown(table6(cache=cache)) == written, "make table6 writes it anew"


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
@pytest.mark.parametrize("name", ["paper-roberta", "paper-opt"])
def test_the_block_ram_does_not_limit_the_clock_on_ecp5(name: str, cache: Cache):
    measurement, _ = measure(load(name), "ecp5", cache=cache)
    assert measurement.timing is not None
    assert measurement.timing.median >= 1.5 * WITHOUT_OUTPUT_REGISTER


def _listed(changes: list[Change]) -> str:
    return "\n".join(map(str, changes))
