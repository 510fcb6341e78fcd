"""The comparison itself, small: what is trained, tuned, kept and taken up again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import ConfigError, load
from pezo_hw.training import LossError
from pezo_hw.training.elastic import experiment
from pezo_hw.training.elastic.experiment import Comparison
from pezo_hw.training.elastic.integer_learner import IntegerLearner
from pezo_hw.training.elastic.learner import POINTS, Outcome, run, score
from pezo_hw.training.elastic.parameters import VARIANTS, ElasticParameters
from pezo_hw.training.experiment.results import Score
from pezo_hw.training.kept_runs import FILE
from pezo_hw.training.sources import find_source
from tests.training.elastic.made_up import FASHION

SMALL = ElasticParameters(variants=("int8-control-1", "int8-zo"), seeds=2, steps=4, batch=4)


class Guess:
    """Says the class 3, more surely with every step; its sixth step has no loss."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def step(self, batch) -> None:
        if len(self.seen) == 5:
            raise LossError("loss", "nan")
        self.seen.append(batch.images.tobytes())

    def logits(self, images):
        return len(self.seen) * (np.arange(10) == 3) * np.ones((len(images), 1))


def test_a_score():
    guess = Guess()
    guess.seen = [b""] * 2
    found = score(guess, FASHION.test)
    share = float(np.mean(FASHION.test.labels == 3))
    assert found.accuracy == pytest.approx(share)
    assert found.loss == pytest.approx(np.log(9 + np.e**2) - 2 * share)


def test_a_run_ends_where_a_loss_is_no_number():
    guess, other = Guess(), Guess()
    outcome = run(guess, FASHION.training, FASHION.test, seed=3, steps=20, batch=4)
    run(other, FASHION.training, FASHION.test, seed=4, steps=20, batch=4)
    assert len(guess.seen) == 5
    assert guess.seen != other.seen
    assert guess.seen[2] == FASHION.training.batch(4, (3, 2)).images.tobytes()
    assert len(outcome.curve) == POINTS + 1
    assert outcome.score == score(guess, FASHION.test)


def test_every_grid_is_run_then_every_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With learners whose loss says which point of the grid they are, the last of which wins."""
    runs = []

    def fake(learner, training, evaluation, *, seed, steps, batch):
        runs.append((learner, len(evaluation.labels), seed, steps, batch))
        loss = 10 - learner["rate"] if "rate" in learner else float("nan")
        return Outcome(
            score=Score(accuracy=0.5, loss=loss), curve=(0.1,) * (1 + POINTS), seconds=0.1
        )

    monkeypatch.setattr(experiment, "run", fake)
    monkeypatch.setattr(Comparison, "_learner", lambda self, variant, settings, seed: settings)
    ticks: list[int] = []
    rows = Comparison(SMALL, FASHION, tmp_path, lambda: ticks.append(1)).run()
    assert len(runs) == len(ticks) == SMALL.runs
    grid = VARIANTS["int8-zo"].grid
    assert rows[1].settings["rate"] == max(point["rate"] for point in grid)
    assert [found[1:3] for found in runs[-2 - len(grid) :]] == [(60, 0)] * len(grid) + [
        (80, 1),
        (80, 2),
    ]
    again = Comparison(SMALL, FASHION, tmp_path, lambda: ticks.append(1)).run()
    assert (len(runs), len(ticks)) == (SMALL.runs, 2 * SMALL.runs)
    assert [row.settings for row in again] == [row.settings for row in rows]
    labels = FASHION.training.labels.copy()
    labels[-1] = (labels[-1] + 1) % 10
    other = FASHION._replace(training=FASHION.training._replace(labels=labels))
    Comparison(SMALL, other, tmp_path).run()
    assert len(runs) == 2 * SMALL.runs  # what was learnt from other data is another run
    for other in (
        replace(SMALL, steps=5),
        replace(SMALL, batch=5),
        replace(SMALL, source="paper-opt"),
    ):
        before = len(runs)
        Comparison(other, FASHION, tmp_path).run()
        assert len(runs) == before + SMALL.runs


def test_integers_alone(tmp_path: Path):
    rows = Comparison(
        replace(SMALL, variants=("int8-control-1",), seeds=1), FASHION, tmp_path
    ).run()
    assert len(rows[0].outcomes) == 1
    lines = (tmp_path / FILE).read_text().splitlines()
    assert len(lines) == len(VARIANTS["int8-control-1"].grid) + 1


def test_integers_come_off_a_stream(tmp_path: Path):
    with pytest.raises(ConfigError, match=r'^source = "gaussian"'):
        Comparison(replace(SMALL, source="gaussian"), FASHION, tmp_path).run()


@pytest.mark.parametrize("name", [name for name in VARIANTS if name.startswith("int8")])
def test_which_integers_are_trained(name: str):
    variant = VARIANTS[name]
    learner = IntegerLearner(variant, variant.grid[0], load("paper-roberta"), seed=1, steps=9)
    before = [weight.copy() for weight in (*learner.model.body, *learner.model.head)]
    for step in range(2):
        learner.step(FASHION.training.batch(8, (1, step)))
    changed = [
        not np.array_equal(one, other)
        for one, other in zip(before, (*learner.model.body, *learner.model.head), strict=True)
    ]
    assert changed == [variant.method != "control"] * (5 - variant.layers) + [True] * variant.layers
    assert learner.logits(FASHION.test.images).shape == (80, 10)


@pytest.mark.parametrize("name", [name for name in VARIANTS if not name.startswith("int8")])
def test_which_floats_are_trained(name: str):
    torch = pytest.importorskip("torch")
    from pezo_hw.training.elastic.float_learner import create_float_learner
    from pezo_hw.training.elastic.lenet import create_lenet

    variant = VARIANTS[name]
    learner = create_float_learner(
        variant, variant.grid[0], find_source("paper-roberta"), seed=1, steps=9
    )
    for step in range(2):
        learner.step(FASHION.training.batch(8, (1, step)))
    fresh = create_lenet(1).parameters()
    changed = [
        not torch.equal(a, b) for a, b in zip(learner.model.parameters(), fresh, strict=True)
    ]
    by_bp = 2 * variant.layers
    assert changed == [variant.method != "control"] * (10 - by_bp) + [True] * by_bp
    assert learner.logits(FASHION.test.images).dtype == np.float64


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"variants": ()}, "variants"),
        ({"variants": ("zo", "zo")}, "variants"),
        ({"variants": ("sgd",)}, "variants"),
        ({"seeds": 0}, "seeds"),
        ({"steps": 0}, "steps"),
        ({"batch": 0}, "batch"),
    ],
)
def test_settings_that_are_not_allowed(values: dict, key: str):
    with pytest.raises(ConfigError, match=rf"^{key} = "):
        ElasticParameters(**values)


def test_no_test_seed_is_the_tuning_seed():
    assert experiment.TUNING_SEED not in ElasticParameters(seeds=1000).test_seeds
