"""Runs that are kept: read again as they were, and no figure that cannot be."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.training.experiment.records import Records, RunKey
from pezo_hw.training.experiment.results import POINTS, Run, Score

KEY = RunKey(
    model="mlp",
    source="0123",
    learning_rate=1e-6,
    epsilon=1e-3,
    seed=2,
    steps=2000,
    batch=64,
    part="test",
    data="4567",
    start="89ab",
)
RUN = Run(
    score=Score(accuracy=0.75, loss=1 / 3),
    curve=(0.5,) * POINTS + (0.75,),
    steps_per_second=1234.5,
)
FORBIDDEN = [math.nan, math.inf, -0.5, "0.5", True, [0.5], {}, 10**400]


def with_value(found: dict, name: str, value: object) -> dict:
    """The record with another value, of the score where it is there."""
    if name in found["score"]:
        return found | {"score": found["score"] | {name: value}}
    return found | {name: value}


def test_what_was_written_is_read_again(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    Records(path).add([(KEY, RUN)])
    assert Records(path).keys == [KEY]
    assert Records(path)[KEY] == RUN
    diverged = replace(RUN, score=Score(accuracy=0.75, loss=math.inf))
    Records(path).add([(replace(KEY, part="validation"), diverged)])
    again = Records(path)[replace(KEY, part="validation")]
    assert (again.score.accuracy, again.curve) == (0.75, RUN.curve)
    assert not math.isfinite(again.score.loss)


def test_whatever_differs_is_another_run():
    others = [
        replace(KEY, **{name: value})
        for name, value in (
            asdict(KEY)
            | {"model": "attention", "part": "validation", "learning_rate": 1e-5, "epsilon": 1e-2}
            | dict.fromkeys(("source", "data", "start"), "fedc")
            | {"seed": 3, "steps": 2001, "batch": 65}
        ).items()
    ]
    assert len({KEY, *others}) == 1 + len(asdict(KEY))


def test_no_figure_of_another_kind_is_believed(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    Records(path).add([(KEY, RUN)])
    content = json.loads(path.read_text())
    curve = content["curve"]
    edited = [
        (name, value)
        for name in [*asdict(KEY), "accuracy", "loss", "score", "curve", "steps_per_second"]
        for value in FORBIDDEN
        # A loss is any finite number, and a digest any text.
        if (name, value) != ("loss", -0.5)
        and not (name in ("source", "data", "start") and value == "0.5")
    ]
    edited += [(name, None) for name in [*asdict(KEY), "accuracy", "curve", "steps_per_second"]]
    edited += [("curve", other) for other in ([], curve[1:], [*curve, 0.75], [*curve[:-1], 0.5])]
    edited += [("accuracy", 0.5), ("model", "minilm"), ("part", "training"), ("steps", 0)]
    edited += [("score", content["score"] | {"more": 1}), ("more", 1)]
    for name, value in edited:
        path.write_text(json.dumps(with_value(content, name, value)) + "\n")
        with pytest.raises(PezoError, match=r"line 1 is damaged; allowed: a record of pezo train"):
            Records(path)
    for name in content:
        others = {key: value for key, value in content.items() if key != name}
        path.write_text(json.dumps(others) + "\n")
        with pytest.raises(PezoError, match="line 1 is damaged"):
            Records(path)
