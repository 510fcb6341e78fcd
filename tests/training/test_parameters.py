"""Momentum, clipping, one side, the conservative choice: against the equations written out."""

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters, read_checkpoint, write_checkpoint
from pezo_hw.training.sources import GaussianSource, find_source

SOURCES = [GaussianSource(), find_source("paper-roberta")]
SLOPE = np.array([1.0, -2.0, 3.0])


def linear(w: np.ndarray) -> float:
    return float(SLOPE @ w)


def drawn(source, position: int) -> tuple[np.ndarray, int]:
    z = np.zeros(3)
    return z, source.add_([z], 1.0, position)


def optimizer_of(w: np.ndarray, source, **settings) -> ZOSGD:
    parameters = ZOSGDParameters(**{"learning_rate": 0.01, "epsilon": 0.5, **settings})
    return ZOSGD(Weights(tensors=[w]), source, parameters)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_momentum_is_heavy_ball_over_the_steps_remembered(source):
    """V <- mu v + g z and w <- w - eta v, with a velocity that the reference stores."""
    w, expected = np.ones(3), np.ones(3)
    optimizer = optimizer_of(w, source, momentum=0.75, memory=4)
    estimates, position = [], 0
    for _ in range(7):
        optimizer.step(lambda: linear(w))
        z, position = drawn(source, position)
        estimates.append((SLOPE @ z) * z)
        velocity = sum(0.75**age * g for age, g in enumerate(reversed(estimates[-4:])))
        expected -= 0.01 * velocity
        assert w == pytest.approx(expected, rel=1e-9)
    assert len(optimizer.save()["history"]) == 4


def test_momentum_goes_on_from_a_checkpoint(tmp_path):
    arrays = [np.ones(3, np.float32) for _ in range(3)]
    whole, first, second = (
        optimizer_of(w, SOURCES[1], momentum=0.9, memory=5, queries=2) for w in arrays
    )
    for optimizer, w, steps in ((whole, arrays[0], 9), (first, arrays[1], 4)):
        for _ in range(steps):
            optimizer.step(lambda w=w: linear(w))
    write_checkpoint(tmp_path / "run.npz", first)
    read_checkpoint(tmp_path / "run.npz", second)
    for _ in range(5):
        second.step(lambda: linear(arrays[2]))
    assert arrays[2].tobytes() == arrays[0].tobytes()
    second.position += 0  # to go elsewhere forgets nothing
    assert second.save() == whole.save()


def test_clipping_is_of_each_projected_gradient():
    w = np.ones(3)
    optimizer = optimizer_of(w, GaussianSource(), queries=8, clip=0.5)
    report = optimizer.step(lambda: linear(w))
    found = [float(SLOPE @ drawn(GaussianSource(), position)[0]) for position in range(8)]
    assert report.gradients == pytest.approx([max(-0.5, min(0.5, g)) for g in found])
    assert {min(report.gradients), max(report.gradients)} == {-0.5, 0.5}


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_one_side_asks_for_one_loss_a_query_and_one_more(source, exact: bool):
    w, seen = np.array([1.0, 2.0, -1.0]), []

    def square() -> float:
        seen.append(float(w @ w))
        return seen[-1]

    optimizer = optimizer_of(w, source, two_sided=False, queries=3, exact_restore=exact)
    before = w.copy()
    report = optimizer.step(square)
    position, gradients = 0, []
    for _ in range(3):
        z, position = drawn(source, position)
        gradients.append(((before + 0.5 * z) @ (before + 0.5 * z) - before @ before) / 0.5)
    assert report.gradients == pytest.approx(gradients)
    assert len(seen) == 4
    assert report.loss == pytest.approx(np.mean(seen))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_the_conservative_choice_takes_the_least_of_three(source):
    """Losses by their order: 2 of the query, then w, the update, its opposite."""
    for losses, direction in (
        ([1, 0, 5, 4, 6], 1),
        ([1, 0, 5, 6, 4], -1),
        ([1, 0, 4, 5, 6], 0),
        ([1, 0, 4, 4, 4], 0),
    ):
        w, calls = np.ones(3), iter(losses)
        optimizer = optimizer_of(w, source, choice="conservative")
        report = optimizer.step(lambda calls=calls: float(next(calls)))
        z, following = drawn(source, 0)
        assert report.direction == direction
        assert w == pytest.approx(1 - direction * 0.01 * z)
        assert report.changed_share == abs(direction)
        assert optimizer.save() == {"step": 1, "position": following}


def test_warm_up_and_schedules_of_ones_own():
    def rates(**settings) -> list[float]:
        parameters = ZOSGDParameters(learning_rate=8.0, **settings)
        return [parameters.learning_rate_at(step) for step in range(8)]

    assert rates(warmup=3) == [2, 4, 6, 8, 8, 8, 8, 8]
    assert rates(warmup=1, schedule="linear", steps=5) == [4, 8, 6, 4, 2, 0, 0, 0]
    assert rates(schedule=lambda step, steps: step / steps, steps=4)[:4] == [0, 2, 4, 6]
    with pytest.raises(PezoError, match=r"^schedule = .* allowed: a finite number"):
        rates(schedule=lambda step, steps: None)


def test_a_checkpoint_knows_a_schedule_by_its_values(tmp_path):
    def optimizer(schedule) -> ZOSGD:
        return optimizer_of(np.ones(3), SOURCES[1], schedule=schedule, steps=100)

    write_checkpoint(tmp_path / "run.npz", optimizer(lambda step, steps: 1 - step / steps))
    read_checkpoint(tmp_path / "run.npz", optimizer(lambda t, n: 1 - t / n))
    with pytest.raises(PezoError, match=r"run\.npz: parameters = "):
        read_checkpoint(tmp_path / "run.npz", optimizer(lambda step, steps: 0.5))


def test_groups_of_arrays_and_what_is_none():
    fast, slow = np.ones(3), np.ones(3)
    groups = [{"params": [fast], "lr": 0.02}, {"params": [slow], "weight_decay": 0.5}]
    settings = ZOSGDParameters(learning_rate=0.01, schedule="linear", steps=2)
    optimizer = ZOSGD(Weights.of_groups(groups), GaussianSource(), settings)
    optimizer.steps_done = 1  # half of every rate, the group's own as well
    optimizer.step(lambda: 1.0)
    assert slow == pytest.approx(1 - 0.005 * 0.5)
    groups[1]["lr"] = 0.0  # heard at the next step
    optimizer.steps_done = 1
    report = optimizer.step(lambda: float(fast.sum() + slow.sum()))
    assert report.changed_share == 0.5
    for groups, key in (
        ([3], r"groups\[0\]"),
        ([{"params": [fast], "lr": "1"}], r"groups\[0\]\.lr"),
        ([{"params": [fast, fast]}], r"groups\[0\]\.params\[1\]"),
        ([{"params": fast}], "tensors"),
    ):
        with pytest.raises(PezoError, match=rf"^{key} = .* allowed: "):
            Weights.of_groups(groups)
