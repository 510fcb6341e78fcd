"""ZO-SGD against closed forms and against a step written by hand."""

from fractions import Fraction

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.training import ZOSGD, LossError, Weights, ZOSGDParameters
from pezo_hw.training.sources import GaussianSource, RademacherSource, UniformSource, find_source

A = np.array([1.0, 2.0, 0.5, 4.0])
TARGET = np.array([0.5, -1.0, 2.0, 0.0])


def quadratic(w: np.ndarray) -> float:
    return float(0.5 * np.sum(A * (w - TARGET) ** 2))


def noise(source, position: int, size: int = 4) -> np.ndarray:
    z = np.zeros(size)
    source.add_([z], 1.0, position)
    return z


@pytest.mark.parametrize("queries", [1, 3])
def test_a_step_is_the_equations_written_out(queries: int):
    w = np.array([0.25, -0.5, 1.0, 3.0])
    start = w.copy()
    settings = ZOSGDParameters(
        learning_rate=0.01,
        epsilon=0.5,
        queries=queries,
        weight_decay=0.1,
        schedule="linear",
        steps=4,
    )
    optimizer = ZOSGD(Weights(tensors=[w]), GaussianSource(), settings, position=9)
    optimizer.steps_done = 2
    report = optimizer.step(lambda: quadratic(w))

    z = [noise(GaussianSource(), 9 + i) for i in range(queries)]
    pairs = [(quadratic(start + 0.5 * z_i), quadratic(start - 0.5 * z_i)) for z_i in z]
    g = [(plus - minus) / (2 * 0.5) for plus, minus in pairs]
    mean = np.mean([g_i * z_i for g_i, z_i in zip(g, z, strict=True)], axis=0)
    rate = 0.01 * 0.5  # half of a linear schedule
    assert w == pytest.approx(start - rate * (mean + 0.1 * start), rel=1e-12)
    assert report.gradients == pytest.approx(g, rel=1e-12)
    assert report.loss == pytest.approx(np.mean(pairs), rel=1e-12)
    assert report.learning_rate == pytest.approx(rate)
    assert (optimizer.steps_done, optimizer.position) == (3, 9 + queries)


def test_the_projected_gradient_of_a_quadratic_is_exact_for_any_epsilon():
    """Third derivatives vanish: the two-sided difference is z . grad L, whatever epsilon is."""
    z = noise(GaussianSource(), 0)
    for epsilon in (1e-3, 1.0, 30.0):
        w = np.zeros(4)
        settings = ZOSGDParameters(epsilon=epsilon)
        report = ZOSGD(Weights(tensors=[w]), GaussianSource(), settings).step(
            lambda w=w: quadratic(w)
        )
        assert report.gradients[0] == pytest.approx(float(z @ (A * -TARGET)), rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [GaussianSource(), RademacherSource(), UniformSource(), find_source("paper-opt")],
    ids=lambda source: source.name,
)
def test_the_estimate_is_the_gradient_on_average(source):
    """E[z z^T] = variance * I, so that many queries at once step along the true gradient."""
    queries = 20_000
    w = np.zeros(4)
    settings = ZOSGDParameters(learning_rate=1.0, epsilon=1.0, queries=queries)
    ZOSGD(Weights(tensors=[w]), source, settings).step(lambda: quadratic(w))
    estimate, gradient = -w, A * -TARGET
    variance = getattr(source, "variance", np.mean([noise(source, p) ** 2 for p in range(2000)]))
    # Of one estimate the deviation is at most 2 |grad L| |z| times its scale; of the mean, 1/141.
    error = np.linalg.norm(estimate / variance - gradient) / np.linalg.norm(gradient)
    assert error < 6 * np.sqrt(5 / queries)


def test_training_reaches_the_minimum_of_a_quadratic():
    w = np.full(4, 3.0)
    settings = ZOSGDParameters(learning_rate=0.05, epsilon=1e-3, schedule="cosine", steps=800)
    optimizer = ZOSGD(Weights(tensors=[w]), RademacherSource(), settings)
    before = quadratic(w)
    for _ in range(800):
        optimizer.step(lambda: quadratic(w))
    assert quadratic(w) < 1e-6 * before


def test_tensors_that_do_not_decay():
    decaying, bias = np.ones(3), np.ones(3)
    weights = Weights(tensors=[decaying, bias], decays=[True, False])
    settings = ZOSGDParameters(learning_rate=0.5, weight_decay=0.25)
    ZOSGD(weights, GaussianSource(), settings).step(lambda: 1.0)
    assert decaying == pytest.approx(1 - 0.125)
    assert bias == pytest.approx(1)


def test_a_loss_that_raises_leaves_the_weights_and_the_count():
    w = np.array([1.0, 2.0])
    optimizer = ZOSGD(Weights(tensors=[w]), RademacherSource(), ZOSGDParameters(epsilon=0.5))
    for failing in (1, 2):
        calls = iter([0.0] * (failing - 1))
        with pytest.raises(StopIteration):
            optimizer.step(lambda calls=calls: next(calls))
        assert w.tolist() == [1.0, 2.0]
        assert optimizer.save() == {"step": 0, "position": 0}


def test_rescaling_the_noise_is_rescaling_epsilon_and_the_learning_rate():
    """With z' = c z, epsilon / c and eta / c^2 give the same run: scale alone decides nothing."""

    class Scaled:
        name = "scaled"

        def add_(self, tensors, scale: float, position: int) -> int:
            return RademacherSource().add_(tensors, 64 * scale, position)

    ends = []
    for source, factor in ((RademacherSource(), 1), (Scaled(), 64)):
        w = np.zeros(4)
        settings = ZOSGDParameters(learning_rate=2**-6 / factor**2, epsilon=2**-4 / factor)
        optimizer = ZOSGD(Weights(tensors=[w]), source, settings)
        for _ in range(20):
            optimizer.step(lambda w=w: quadratic(w))
        ends.append(w.tolist())
    assert ends[0] == pytest.approx(ends[1], rel=1e-12)
    assert ends[0] != [0.0] * 4


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"learning_rate": 0}, "learning_rate"),
        ({"epsilon": -1e-3}, "epsilon"),
        ({"epsilon": float("nan")}, "epsilon"),
        ({"queries": 0}, "queries"),
        ({"weight_decay": -0.1}, "weight_decay"),
        ({"weight_decay": True}, "weight_decay"),
        ({"schedule": "step"}, "schedule"),
        ({"schedule": "linear"}, "steps"),
        ({"steps": 0}, "steps"),
    ],
)
def test_settings_that_are_not_allowed(values: dict, key: str):
    with pytest.raises(PezoError, match=rf"^{key} = .* is not allowed; allowed: "):
        ZOSGDParameters(**values)


@pytest.mark.parametrize(
    "tensor",
    [np.zeros(3, np.int32), np.zeros((4, 4))[:, 0], [1.0, 2.0], np.broadcast_to(0.0, (3,))],
    ids=["integers", "strided", "list", "read-only"],
)
def test_weights_that_cannot_be_trained(tensor):
    with pytest.raises(PezoError, match=r"^tensors\[1\] = "):
        Weights(tensors=[np.zeros(2), tensor])


def test_one_flag_for_each_tensor():
    with pytest.raises(PezoError, match=r"^decays = "):
        Weights(tensors=[np.zeros(2)], decays=[])


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_losses_alone_leave_no_bit_changed_with_a_stream(dtype):
    """A step of next to no length: what is left of it is the way there and back."""
    before = np.random.default_rng(1).normal(0, 0.02, 5000).astype(dtype)
    drifted = {}
    for exact in (True, False):
        w = before.copy()
        settings = ZOSGDParameters(learning_rate=1e-30, exact_restore=exact)
        optimizer = ZOSGD(Weights(tensors=[w]), find_source("paper-roberta"), settings)
        for _ in range(3):
            optimizer.step(lambda: 1.0)
        assert optimizer.position == 3 * -(-5000 // 31)
        drifted[exact] = int((w != before).sum())
    assert drifted[True] == 0
    assert drifted[False] > 0


def test_a_loss_that_raises_leaves_the_weights_as_they_were_with_a_stream():
    before = np.random.default_rng(1).normal(0, 0.02, 500).astype(np.float32)
    w = before.copy()
    optimizer = ZOSGD(Weights(tensors=[w]), find_source("paper-opt"), ZOSGDParameters())
    with pytest.raises(ZeroDivisionError):
        optimizer.step(lambda: 1 / 0)
    assert np.array_equal(w, before)


LOSSES = [
    *(float("nan"), float("inf"), -float("inf"), np.float32("nan"), 10**400, None, 1 + 0j, True),
    *("1.0", b"1", [1.0], (), np.ones(2), np.zeros(0), np.array("a"), np.array([1j]), object()),
]


@pytest.mark.parametrize("source", ["paper-roberta", "gaussian"])
@pytest.mark.parametrize("which", [0, 1, 3])
def test_what_is_no_loss_is_refused_and_the_step_does_not_count(source: str, which: int):
    before = np.random.default_rng(1).normal(0, 0.02, 50).astype(np.float32)
    w = before.copy()
    optimizer = ZOSGD(Weights(tensors=[w]), find_source(source), ZOSGDParameters(queries=2))
    for value in LOSSES:
        losses = iter([1.0] * which + [value])
        with pytest.raises(LossError, match=r"^loss = .* allowed: one finite real number") as error:
            optimizer.step(lambda losses=losses: next(losses))
        assert "\n" not in str(error.value)
        assert np.array_equal(w, before)
        assert optimizer.save() == {"step": 0, "position": 0}


@pytest.mark.parametrize("value", [3, np.int8(3), np.float16(3), Fraction(3), np.full((1, 1), 3)])
def test_what_is_a_loss(value):
    optimizer = ZOSGD(Weights(tensors=[np.ones(3)]), RademacherSource(), ZOSGDParameters())
    assert optimizer.step(lambda: value).loss == 3.0


@pytest.mark.parametrize("source", ["paper-roberta", "gaussian"])
def test_an_update_that_is_not_finite_is_refused(source: str):
    for settings, losses, key in (
        ({"epsilon": 1e-30}, (1e300, -1e300), "gradient"),
        ({"learning_rate": 1e30}, (1e30, -1e30), r"learning rate \* gradient"),
        ({"weight_decay": 1e300}, (1.0, 1.0), "weight decay"),
    ):
        w = np.ones(5, np.float32)
        optimizer = ZOSGD(Weights(tensors=[w]), find_source(source), ZOSGDParameters(**settings))
        with pytest.raises(LossError, match=f"^{key} = "):
            optimizer.step(iter(losses).__next__)
        assert (w == 1).all()
        assert optimizer.steps_done == 0


@pytest.mark.parametrize("source", ["paper-roberta", "gaussian"])
def test_the_share_of_weights_that_moved(source: str):
    """Next to a billion, a float32 has no room for an update; next to one it has."""
    w = np.array([1e9] * 30 + [1.0] * 10, np.float32)
    optimizer = ZOSGD(Weights(tensors=[w]), find_source(source), ZOSGDParameters(epsilon=0.5))
    values = iter((1e4, 0.0))
    report = optimizer.step(lambda: next(values))
    assert report.gradients == (1e4,)
    assert 0.2 < report.changed_share <= 0.25


def test_every_source_leads_back_to_the_same_bits():
    before = np.random.default_rng(1).normal(0, 0.02, 5000).astype(np.float32)
    for source in (GaussianSource(), UniformSource()):
        w = before.copy()
        optimizer = ZOSGD(Weights(tensors=[w]), source, ZOSGDParameters(learning_rate=1e-30))
        optimizer.step(lambda: 1.0)
        assert np.array_equal(w, before)
