"""Short runs: what is measured of them, and that an end in between changes nothing."""

from __future__ import annotations

import math

import pytest

import pezo_hw
from pezo_hw.errors import ConfigError
from pezo_hw.explore import Request, ResultTable, candidates_of, measured, parse_space
from pezo_hw.explore.training import ShortRuns, expected_seconds, trained
from pezo_hw.training.experiment.results import Run, Score
from tests.explore.test_run import Here, run

SPACE = """
[front]
minimise = ["net_toggles_a_number"]
maximise = ["accuracy"]
[[part]]
perturbation.strategy = "on-the-fly"
on-the-fly.rngs = 3
on-the-fly.width = 5
on-the-fly.seed = [1, 2]
scaling.mode = "constant"
"""


@pytest.mark.parametrize("field", ["steps", "seeds"])
def test_runs_are_checked(field: str):
    with pytest.raises(ConfigError, match=field):
        ShortRuns(**{field: 0})


@pytest.fixture
def extras() -> None:
    for package in ("torch", "sklearn"):
        pytest.importorskip(package)


@pytest.mark.slow
@pytest.mark.usefixtures("extras")
def test_a_space_goes_on_after_an_end_with_the_same_bytes(tmp_path):
    """With runs and netlists: nothing in a result is a time, or depends on who measured before."""
    space = parse_space(SPACE, name="mine")
    candidates = candidates_of(space).found
    request = Request(length=9, simulates=True, training=ShortRuns(steps=3, seeds=2))
    run(candidates[:1], tmp_path / "cut", Here(), request=request)
    with (tmp_path / "cut").open("ab") as journal:
        journal.write(b"cut in the mid")
    last = Here()
    for name, executor in (("cut", last), ("whole", Here())):
        figures = run(candidates, tmp_path / name, executor, request=request)
        table = ResultTable(space=space, candidates=candidates, figures=figures)
        table.write_csv(tmp_path / f"{name}.csv")
    assert last.submitted == ["mine-1"]
    assert (tmp_path / "cut.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    for one in figures:
        # 15 registers and a feedback for each LFSR, over the whole orbit.
        assert one["net_toggles"] == pytest.approx(18 * 16 / 31, rel=1e-9)
        assert one["toggles_from"] == "netlist"
        assert 0 <= one["accuracy"] <= 1
        assert math.isfinite(one["accuracy_error"] + one["loss"])


@pytest.mark.usefixtures("extras")
def test_scale_is_no_merit(monkeypatch):
    """Twice the numbers at half the epsilon and a quarter of the rate are the same run."""
    from pezo_hw.training.experiment import fine_tuning

    asked = []

    class FineTuning:
        def __init__(self, model, source, settings, **rest) -> None:
            asked.append(settings)

        def run(self) -> Run:
            return Run(score=Score(accuracy=0.5, loss=math.inf), curve=(), steps_per_second=2.0)

    monkeypatch.setattr(fine_tuning, "FineTuning", FineTuning)
    monkeypatch.setattr(pezo_hw.explore.training, "_model", lambda seed: None)
    config = pezo_hw.load("paper-roberta")
    found = [trained(config, ShortRuns(steps=7, seeds=1), square) for square in (1.0, 4.0)]
    assert [(one.learning_rate, one.epsilon) for one in asked] == [(0.01, 0.01), (0.0025, 0.005)]
    assert asked[0].steps == 7
    # A run that diverges has an accuracy, and no loss; one run has no error.
    assert found == 2 * [{"accuracy": 0.5, "accuracy_error": None, "loss": None}]
    # Three runs of 100 steps at two a second, but for what the part of one took before it.
    assert expected_seconds(config, ShortRuns(steps=100, seeds=3)) == pytest.approx(135, abs=3)


def test_without_training_there_is_none(tmp_path):
    (candidate, _) = candidates_of(parse_space(SPACE, name="mine")).found
    found = measured(candidate, Request(length=9))
    assert {found[name] for name in ("accuracy", "accuracy_error", "loss")} == {None}
