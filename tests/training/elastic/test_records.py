"""Runs that are kept: read again as they were, and no figure that cannot be."""

import math
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.training.elastic.learner import POINTS, Outcome
from pezo_hw.training.elastic.records import Records, RunKey
from pezo_hw.training.experiment.results import Score

CURVE = (0.1,) * POINTS + (0.25,)
OUTCOME = Outcome(score=Score(accuracy=0.5, loss=math.nan), curve=CURVE, seconds=0.5)


def key(**settings: float) -> RunKey:
    return RunKey(
        variant="zo", settings=settings, seed=1, steps=600, batch=64, source="0123", data="4567"
    )


def never() -> Outcome:
    raise AssertionError("it has been run")


def test_what_was_written_is_read_again(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    Records(path).get(key(zo=0.001, epsilon=0.1), lambda: OUTCOME)
    found = Records(path).get(key(epsilon=0.1, zo=0.001), never)
    assert (found.score.accuracy, found.curve, found.seconds) == (0.5, CURVE, 0.5)
    assert math.isnan(found.score.loss)
    assert key(zo=0.002, epsilon=0.1) not in Records(path)


def test_a_run_with_a_figure_that_cannot_be_is_damaged(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    Records(path).get(key(zo=0.001), lambda: OUTCOME)
    good = path.read_text()
    curve = str(list(CURVE))
    for old, new in (
        ('"accuracy": 0.5', '"accuracy": NaN'),
        ('"accuracy": 0.5', '"accuracy": 1.5'),
        ('"accuracy": 0.5', '"accuracy": true'),
        ('"accuracy": 0.5', '"accuracy": "0.5"'),
        ('"accuracy": 0.5', '"accuracy": 1' + "0" * 400),
        ('"loss": null', '"loss": 1e400'),
        (', "loss": null', ""),
        (curve, '"15"'),
        (curve, "[]"),
        (curve, "[0.1, 0.25]"),
        (curve, curve.replace("0.25", "null")),
        ('"seconds": 0.5', '"seconds": -0.5'),
        ('"variant": "zo"', '"variant": "sgd"'),
        ('{"zo": 0.001}', "[1]"),
        ('{"zo": 0.001}', '{"zo": "0.001"}'),
        ('"seed": 1', '"seed": "1"'),
        ('"steps": 600', '"steps": 0'),
        ('"batch": 64', '"batch": null'),
        ('"data": "4567"', '"data": 4567'),
        ("{", "[" * 10_000),
    ):
        assert old in good
        path.write_text(good.replace(old, new, 1))
        with pytest.raises(PezoError, match=r"runs.jsonl: line 1 is damaged; allowed: "):
            Records(path)
