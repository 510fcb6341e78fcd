"""What is measured of a design besides its counts."""

from __future__ import annotations

import inspect
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from pezo_hw import PezoError, load
from pezo_hw.config import parse
from pezo_hw.power import toggles
from pezo_hw.quality import quality_of, spectrum
from pezo_hw.synth import Cache
from pezo_hw.table6 import behaviour as module
from pezo_hw.table6.behaviour import (
    Behaviour,
    behaviour_key,
    different_numbers,
    measured_behaviour,
)
from pezo_hw.table6.record import BehaviourRecord, read_behaviours
from tests.table6.test_table import EXACT, SAMPLED

SMALL = """
[perturbation]
strategy = "on-the-fly"
[on-the-fly]
rngs = 4
width = 5
lanes = 6
"""


@pytest.mark.parametrize(
    ("preset", "different"),
    [("paper-pool", 8), ("row-pool", 45), ("paper-roberta", 31), ("wide", 1024), ("mezo", 1024)],
)
def test_presets_show_different_numbers_only(preset: str, different: int):
    assert different_numbers(load(preset)) == different == load(preset).parameters.lanes


def test_a_tile_shows_the_same_numbers_again():
    assert different_numbers(parse(SMALL, name="small")) == 4


@pytest.mark.slow
def test_a_behaviour_is_what_power_and_quality_say_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "LENGTH", 62)
    config = parse(SMALL, name="small")
    cache = Cache(folder=tmp_path)
    found = measured_behaviour(config, "key", cache=cache)
    quality = quality_of(config, length=module.LENGTH)
    assert (found.participation, found.participation_error) == (quality.participation, None)
    assert (found.smallest_eigenvalue, found.smallest_independent) == (
        quality.smallest_eigenvalue,
        1.0,
    )
    # Four registers and a tracker of five bits, of which about half change in a cycle.
    assert 10 <= found.toggles <= 20
    assert found.different == 4
    monkeypatch.setattr(module, "measure", None)
    assert measured_behaviour(config, "key", cache=cache) == found
    with pytest.raises(TypeError):
        measured_behaviour(config, "another key", cache=cache)


@pytest.mark.parametrize("part", [toggles, spectrum])
def test_the_key_follows_all_that_decides(part: object, monkeypatch: pytest.MonkeyPatch):
    config = parse(SMALL, name="small")
    seeded = parse(SMALL + "seed = 3\n", name="small")
    keys = {behaviour_key(config, "a"), behaviour_key(config, "b"), behaviour_key(seeded, "a")}
    changed = lambda other: inspect.getsource(other) + ("#" if other is part else "")  # noqa: E731
    monkeypatch.setattr(module, "getsource", changed)
    assert len(keys | {behaviour_key(config, "a")}) == 4


def test_a_record_comes_back_from_its_file_and_says_what_has_changed(tmp_path: Path):
    record = BehaviourRecord(entries={"a": ("1", EXACT), "b": ("2", SAMPLED)})
    file = tmp_path / "behaviour.json"
    file.write_text(record.text())
    assert read_behaviours(file) == record
    assert record.known == {"1": EXACT, "2": SAMPLED}
    assert record.changed({"a": "1", "b": "3", "c": "4"}) == ["b", "c"]


def test_what_is_no_record_is_one_line(tmp_path: Path):
    file = tmp_path / "behaviour.json"
    whole = {"key": "1", **asdict(EXACT)}
    damaged = (
        *("{", "[]", "3", '{"a": 1}', '{"a": {}}', '{"a": []}'),
        *(f'{{"a": {inner}}}' for inner in map(_json, _damaged(whole))),
    )
    for text in damaged:
        file.write_text(text)
        with pytest.raises(PezoError, match=r"allowed: a file that pezo table6 --record wrote$"):
            read_behaviours(file)
    with pytest.raises(PezoError, match="No such file"):
        read_behaviours(tmp_path / "none.json")


def _damaged(whole: dict[str, object]) -> list[dict[str, object]]:
    return [
        whole | {"toggles": "many"},
        whole | {"different": None},
        whole | {"toggles": True},
        whole | {"key": 3},
        whole | {"more": 1},
        {name: value for name, value in whole.items() if name != "participation_error"},
    ]


def _json(plain: object) -> str:
    return json.dumps(plain)


def test_equal_figures_are_equal():
    assert Behaviour.of(asdict(SAMPLED)) == SAMPLED != replace(SAMPLED, different=3)
