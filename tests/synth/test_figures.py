"""The guard: what the cores take, against what was recorded and what the issue asks for."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from pezo_hw import load
from pezo_hw.power.page import part_key, parts_of
from pezo_hw.synth import Cache, Measurement, layers, measure
from pezo_hw.synth.batch import measurement_of
from pezo_hw.synth.figures import GUARDED, Change, Figures, compare, figures_of, measure_figures
from pezo_hw.synth.record import Record, read_record
from pezo_hw.synth.rows import Row
from pezo_hw.table6 import read_behaviours, table
from pezo_hw.table6.behaviour import behaviour_key, measured_behaviour

RECORD = "make record-figures"
# LUT, FF, BRAM, levels; LUT sites for the two-tap row.
LIMITS = {
    "paper-roberta": {"lut": 32, "ff": 260, "bram": 0.5, "levels": 1},
    "paper-opt": {"lut": 32, "ff": 452, "bram": 1, "levels": 1},
    "two-taps-9": {"lut_sites": 16, "ff": 292, "bram": 0.5, "levels": 1},
    "paper-pool": {"lut": 4, "ff": 16, "bram": 6, "levels": 1},
    "row-pool": {"lut": 8, "ff": 16, "bram": 8, "levels": 1},
    "pool-9": {"lut": 4, "ff": 16, "bram": 8, "levels": 1},
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
    assert not change.is_improvement


def test_what_shrinks_is_shown_and_passes():
    (change,) = compare(figures(bram=1), figures(bram=0.5))
    assert (change.difference, change.is_improvement) == ("-0.5", True)


def test_what_was_never_recorded_or_has_gone_does_not_pass():
    new, gone = compare(figures(old=1), figures(new=1))
    assert (new.difference, new.is_improvement) == ("not recorded", False)
    assert (gone.difference, gone.is_improvement) == ("no longer measured", False)


def test_equal_figures_are_no_change():
    assert compare(figures(lut=32), figures(lut=32)) == []


@pytest.fixture(scope="session")
def recorded(root: Path) -> Record:
    return read_record(root / "tests/synth/figures.json")


@pytest.fixture(scope="session")
def measured(cache: Cache, recorded: Record) -> Record:
    """What is of the recorded source is not mapped again: the same source, the same netlist."""
    return measure_figures(cache=cache, known=recorded.known)


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_no_core_takes_more_than_was_recorded(measured: Record, recorded: Record):
    changes = compare(figures_of(recorded), figures_of(measured))
    grown = [change for change in changes if not change.is_improvement]
    assert not grown, f"{_listed(grown)}\nto record a wanted change: {RECORD}"


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_the_record_is_of_this_source(measured: Record, recorded: Record):
    """What is not is right all the same, but is mapped anew each time, which takes minutes."""
    assert recorded.changed(measured) == [], f"record them anew: {RECORD}"


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_the_record_is_true(recorded: Record):
    """Two of them, other ones each time, mapped in spite of what is recorded."""
    chosen = random.sample(GUARDED, 2)
    again = measure_figures(guarded=chosen)
    assert recorded.changed(again) == [], f"record them anew: {RECORD}"
    for place, entry in again.entries.items():
        assert entry == recorded.entries[place], place


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
@pytest.mark.parametrize("name", LIMITS)
def test_a_core_meets_its_limits(name: str, measured: Record):
    taken = figures_of(measured)["xcup"][name]
    assert {what: taken[what] for what in LIMITS[name] if taken[what] > LIMITS[name][what]} == {}


def measurements(record: Record, rows: Sequence[Row]) -> list[Measurement]:
    return [measurement_of(row, "xcup", record.entries["xcup", row.name].resources) for row in rows]


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_the_table_in_the_documentation_is_the_measured_one(root: Path, measured: Record):
    recorded = read_behaviours(root / "tests/table6/behaviour.json")
    keys = {
        row.name: behaviour_key(row.config, measured.entries["xcup", row.name].key)
        for row in table.TABLE_ROWS
    }
    assert recorded.changed(keys) == [], "make table6 records them anew"
    behaviours = {name: behaviour for name, (_, behaviour) in recorded.entries.items()}
    compared = table.comparisons_of(measurements(measured, table.TABLE_ROWS), behaviours)
    written = (root / "docs/table6.md").read_text("utf-8")
    assert table.markdown(compared) == written, "make table6 writes it anew"


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_the_tables_of_power_are_of_this_source(root: Path, measured: Record):
    parts = parts_of((root / "docs/power.md").read_text("utf-8"))
    assert "power" in parts
    for name, (key, shown) in parts.items():
        configs = re.findall(r"^\| ([\w-]+) \| +[\d,]+ \|", shown, re.MULTILINE)
        assert len(configs) == 6
        keys = [measured.entries["xcup", config].key for config in configs]
        assert part_key(name, keys) == key, "make power writes it anew"


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_what_is_recorded_of_toggles_and_isotropy_is_true(root: Path, cache: Cache):
    """One of the small designs, another one each time; the large ones take minutes."""
    recorded = read_behaviours(root / "tests/table6/behaviour.json").entries
    name = random.choice(["paper-pool", "paper-roberta", "row-pool", "spread", "spread-constant"])
    (row,) = (row for row in table.TABLE_ROWS if row.name == name)
    again, (_, known) = measured_behaviour(row.config, "again", cache=cache), recorded[name]
    assert (again.different, again.participation_error) == (known.different, None)
    for figure in ("toggles", "participation", "smallest_eigenvalue"):
        assert getattr(again, figure) == pytest.approx(getattr(known, figure), rel=1e-6), name


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
def test_the_page_of_the_layers_is_the_measured_one(root: Path, measured: Record):
    table = layers.layers_of(measurements(measured, layers.TABLE_ROWS))
    written = (root / "docs/layers.md").read_text("utf-8")
    assert layers.markdown(table) == written, "make layers writes it anew"


@pytest.mark.slow
@pytest.mark.xdist_group("figures")
@pytest.mark.parametrize("name", ["paper-roberta", "paper-opt"])
def test_the_block_ram_does_not_limit_the_clock_on_ecp5(name: str, cache: Cache):
    measurement, _ = measure(load(name), "ecp5", cache=cache)
    assert measurement.timing is not None
    assert measurement.timing.median >= 1.5 * WITHOUT_OUTPUT_REGISTER


def _listed(changes: list[Change]) -> str:
    return "\n".join(map(str, changes))
