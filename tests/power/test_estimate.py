"""Toggles worked out, beside those that simulations of netlists have counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pezo_hw
from pezo_hw.power.estimate import estimated_toggles
from tests.power.unseen import RECORD, chosen
from tests.synth.unseen import load

# A simulation of a long orbit is of a window of it.
MOST = 0.005
TABLE6 = Path(__file__).parents[1] / "table6" / "behaviour.json"


@pytest.fixture(scope="module")
def record() -> list[dict]:
    return json.loads(RECORD.read_text("utf-8"))


def test_what_it_has_not_seen_is_within_half_a_percent(record):
    assert [entry["toml"] for entry in record] == chosen()
    for entry in record:
        found = estimated_toggles(load(entry["toml"]).generator)
        assert found == pytest.approx(entry["toggles"], rel=MOST), entry
    exact = sum(
        estimated_toggles(load(entry["toml"]).generator)
        == pytest.approx(entry["toggles"], rel=1e-12)
        for entry in record
    )
    assert exact > len(record) // 2


def test_over_a_whole_orbit_it_is_what_is_counted():
    """Of the rows of table 6; the others are simulated for a window of their orbit."""
    recorded = json.loads(TABLE6.read_text("utf-8"))
    for name in ("paper-roberta", "paper-pool"):
        found = estimated_toggles(pezo_hw.load(name).generator)
        assert found == pytest.approx(recorded[name]["toggles"], rel=1e-12)
    for name in ("paper-opt", "spread", "wide"):
        found = estimated_toggles(pezo_hw.load(name).generator)
        assert found == pytest.approx(recorded[name]["toggles"], rel=2e-3)


BANK = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n'
MAPPED = (
    BANK + "width = 6\n",  # a table in look-up tables
    BANK + "width = 12\nsteps_per_cycle = 11\n",  # feedbacks of more than one
    '[perturbation]\nstrategy = "gaussian"\n[gaussian]\ngenerator = "tree"\nlanes = 64\n',
    '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\nlanes = 45\n',
)


def test_it_is_none_where_only_a_simulation_knows():
    for text in MAPPED:
        assert estimated_toggles(load(text).generator) is None, text
