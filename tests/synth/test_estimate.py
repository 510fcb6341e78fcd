"""What a core will take, worked out, beside what synthesis says."""

from __future__ import annotations

import json

import pytest

import pezo_hw
from pezo_hw.generators.inventory import Inventory
from pezo_hw.rtl.memories import LARGEST_DISTRIBUTED
from pezo_hw.synth.estimate import LARGEST_LOGIC, estimated
from pezo_hw.synth.rows import MEZO_ROW, OWN_ROWS
from tests.synth.unseen import COUNT, COUNTS, RECORD, drawn, load, mapped

MOST = 0.02


@pytest.fixture(scope="module")
def record() -> list[dict]:
    return json.loads(RECORD.read_text("utf-8"))


def deviation(found: float, true: float) -> float:
    return 0.0 if found == true else abs(found - true) / true if true else float("inf")


def test_the_record_is_of_these_configurations(record):
    assert [entry["toml"] for entry in record] == drawn()
    assert len(set(drawn())) == COUNT


@pytest.mark.parametrize("count", COUNTS)
def test_what_it_has_not_seen_is_within_two_percent(record, count: str):
    worst = 0.0
    for entry in record:
        found = getattr(estimated(load(entry["toml"]).generator), count)
        worst = max(worst, deviation(found, entry[count]))
        assert deviation(found, entry[count]) <= MOST, entry
    # A test of nothing but zeros would say nothing.
    assert sum(bool(entry[count]) for entry in record) > COUNT // 4, worst


def test_banks_and_pools_are_counted_to_the_last_one(record):
    for entry in record:
        if "gaussian" not in entry["toml"]:
            found = estimated(load(entry["toml"]).generator)
            assert {name: getattr(found, name) for name in COUNTS} == {
                name: entry[name] for name in COUNTS
            }, entry["toml"]


@pytest.mark.slow
def test_the_record_is_what_synthesis_says(record):
    """Of the cheapest bank and pool; others are mapped anew with the figures of the cores."""
    banks = [entry for entry in record if "rngs" in entry["toml"] and entry["bram"]]
    pools = [entry for entry in record if "pool" in entry["toml"]]
    for entries in (banks, pools):
        entry = min(entries, key=lambda entry: entry["ff"])
        assert mapped(entry["toml"]) == {name: entry[name] for name in COUNTS}


PRESETS = {
    # As table 6 of the documentation has them.
    "paper-roberta": (32, 32, 259, 0.5),
    "paper-opt": (32, 32, 452, 1.0),
    "spread": (128, 64, 355, 0.5),
    "paper-pool": (2, 2, 14, 6.0),
    "wide": (2048, 1024, 11265, 0.0),
}


def test_presets():
    found = {name: estimated(pezo_hw.load(name).generator) for name in PRESETS}
    counts = {name: (e.lut, e.lut_sites, e.ff, e.bram) for name, e in found.items() if e}
    assert counts == PRESETS


@pytest.mark.parametrize(
    ("name", "counts"),
    [("mezo", (130_800, 92_768, 69_633)), ("table-hadamard", (56_832, 33_708, 59_333))],
)
def test_banks_of_a_thousand_whose_modules_are_mapped_once(name: str, counts):
    """As table 6 has them."""
    (row,) = (row for row in (MEZO_ROW, *OWN_ROWS) if row.name == name)
    found = estimated(row.config.generator)
    assert found is not None
    assert (found.lut, found.lut_sites, found.ff) == pytest.approx(counts, rel=MOST)


BANK = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n'


@pytest.mark.parametrize(
    "text",
    [
        BANK + 'architecture = "pointer"\n',
        BANK + '[scaling]\noutput = "fixed-point"\n',
        BANK + "width = 12\nsteps_per_cycle = 11\n",  # feedbacks of more than six bits
        BANK + "width = 16\n",  # a table in two rows of block RAMs
        BANK + "width = 6\n",  # a table in look-up tables
        '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\nlanes = 45\n',
        '[perturbation]\nstrategy = "gaussian"\n[gaussian]\nlanes = 16\n',
    ],
)
def test_what_can_only_be_mapped_has_none(text: str):
    assert estimated(load(text).generator) is None


def test_a_family_need_not_know_its_parts(monkeypatch):
    generator = pezo_hw.load("paper-roberta").generator
    monkeypatch.setattr(type(generator), "inventory", lambda self: None)
    assert estimated(generator) is None
    monkeypatch.setattr(type(generator), "inventory", lambda self: Inventory(registers=7))
    assert estimated(generator).ff == 7


def test_what_is_a_memory_of_look_up_tables():
    assert LARGEST_LOGIC == LARGEST_DISTRIBUTED
