"""Perturbed weights come back as the same bits, whatever they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw import PezoError, load
from pezo_hw.fast.exact import ExactPerturbation
from pezo_hw.fast.perturb import perturb_
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.numbers.number_format import round_to_bfloat16
from tests.interruptions import Interruptions
from tests.making import generator_of

TYPES = ["float32", "float64", "float16", "bfloat16"]
STREAM = generator_of(OnTheFlyParameters()).fast_stream()


def stored(name: str, values: np.ndarray) -> np.ndarray:
    values = values.astype(np.float32)
    return round_to_bfloat16(values) if name == "bfloat16" else values.astype(name)


def bits(array: np.ndarray) -> np.ndarray:
    return array.view(f"u{array.itemsize}").copy()


def round_trip(weights: np.ndarray, scale: float, *signs: int) -> ExactPerturbation:
    exact = ExactPerturbation([weights], scale, STREAM, 7)
    for sign in signs:
        exact.plus() if sign > 0 else exact.minus()
    exact.restore()
    return exact


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("deviation", [1.0, 0.02, 1e-3, 1e-7])
@pytest.mark.parametrize("scale", [1e-3, 2.0**-10, 1.0])
def test_plus_minus_restore(name: str, deviation: float, scale: float):
    values = np.random.default_rng(2).normal(0, deviation, 150_001)
    weights = stored(name, values)
    before = bits(weights)
    exact = round_trip(weights, scale, +1, -1)
    assert np.array_equal(bits(weights), before)
    assert exact.log_bytes == 0


def test_the_round_trip_without_it_does_not_lead_back():
    """What the tests above prove would not hold by itself."""
    for name in TYPES:
        weights = stored(name, np.random.default_rng(2).normal(0, 0.02, 50_000))
        before = bits(weights)
        for scale in (1e-3, -2e-3, 1e-3):
            perturb_([weights], scale, STREAM, 7)
        assert np.mean(bits(weights) != before) > 0.2


@pytest.mark.parametrize("name", TYPES)
def test_every_pattern_of_bits(name: str):
    """Zeros of both signs, subnormals, the largest, infinities and NaN of any payload."""
    size = np.dtype("u2" if name == "bfloat16" else name).itemsize
    generator = np.random.default_rng(3)
    patterns = generator.integers(0, 1 << 8 * size, 1 << 17, dtype=f"u{size}")
    if size == 2:
        patterns = np.arange(1 << 16, dtype=np.uint16)
    weights = patterns.view("u2" if name == "bfloat16" else name).copy()
    with np.errstate(all="ignore"):
        round_trip(weights, 1e-3, +1, -1)
    assert np.array_equal(bits(weights), patterns)


@given(st.lists(st.sampled_from([+1, -1]), max_size=6), st.sampled_from(TYPES))
def test_any_sequence_of_moves(signs: list[int], name: str):
    weights = stored(name, np.random.default_rng(4).normal(0, 0.02, 500))
    before = bits(weights)
    round_trip(weights, 1e-2, *signs)
    assert np.array_equal(bits(weights), before)


@pytest.mark.parametrize("name", TYPES)
def test_both_sides_are_computed_from_the_weights_themselves(name: str):
    weights = [stored(name, np.random.default_rng(5).normal(0, 0.02, n)) for n in (70_000, 33)]
    up, down = [array.copy() for array in weights], [array.copy() for array in weights]
    following = perturb_(up, 1e-3, STREAM, 9)
    perturb_(down, -1e-3, STREAM, 9)
    exact = ExactPerturbation(weights, 1e-3, STREAM, 9)
    assert exact.following == following
    for _ in range(2):
        exact.plus()
        assert all(map(np.array_equal, weights, up))
        exact.minus()
        assert all(map(np.array_equal, weights, down))


@pytest.mark.parametrize(("name", "most"), [("float32", 0.6), ("float16", 0.4), ("bfloat16", 0.4)])
def test_usual_weights_take_less_than_a_copy(name: str, most: float):
    """The documentation's bytes a weight; the weights of a language model, MeZO's epsilon."""
    weights = stored(name, np.random.default_rng(6).normal(0, 0.02, 1 << 18))
    exact = ExactPerturbation([weights], 1e-3, STREAM)
    exact.plus()
    assert 0 < exact.log_bytes < most * len(weights)


def test_the_worst_weights_take_no_more_than_a_copy():
    weights = np.random.default_rng(7).normal(0, 1e-9, 100_000).astype(np.float32)
    exact = ExactPerturbation([weights], 1e-3, STREAM)
    exact.plus()
    assert 0.9 * weights.nbytes < exact.log_bytes <= weights.nbytes


def test_it_restores_when_the_loss_fails():
    weights = np.random.default_rng(8).normal(0, 0.02, 1000).astype(np.float16)
    before = bits(weights)
    with (
        pytest.raises(ZeroDivisionError),
        ExactPerturbation([weights], 1e-3, STREAM) as exact,
    ):
        exact.minus()
        assert not np.array_equal(bits(weights), before)
        _ = 1 / 0
    assert np.array_equal(bits(weights), before)


def test_tied_tensors_are_given_once():
    weights = np.zeros(200_000, np.float32)
    ExactPerturbation([weights[:100_000], weights[100_000:]], 1e-3, STREAM)
    for tied in ([weights, weights], [weights, weights[199_999:]]):
        with pytest.raises(PezoError, match="share memory are not allowed"):
            ExactPerturbation(tied, 1e-3, STREAM)


@pytest.mark.parametrize("name", ["float32", "float16", "bfloat16"])
def test_parameters_of_pytorch(name: str):
    torch = pytest.importorskip("torch")
    model = torch.nn.Linear(300, 200).to(getattr(torch, name))
    before = [parameter.detach().clone() for parameter in model.parameters()]
    stream = load("paper-opt").fast_stream()
    for step in range(5):
        with ExactPerturbation(list(model.parameters()), 1e-3, stream, 10**12 + step) as exact:
            exact.plus()
            exact.minus()
    for parameter, original in zip(model.parameters(), before, strict=True):
        assert torch.equal(parameter.detach(), original)


@pytest.mark.parametrize("name", TYPES)
def test_a_move_that_is_cut_short_anywhere_is_restored(name: str):
    values = np.random.default_rng(9).normal(0, 0.02, 200)
    weights = [stored(name, values), stored(name, 1e-4 * values)]
    before = [bits(array) for array in weights]

    def moves(exact: ExactPerturbation) -> None:
        for move in (exact.plus, exact.minus, exact.minus, exact.restore, exact.plus):
            move()

    counter = Interruptions()
    counter.run(lambda: moves(ExactPerturbation(weights, 1e-2, STREAM, 7)))
    for array, its_bits in zip(weights, before, strict=True):
        array[:] = its_bits.view(array.dtype)
    for k in range(1, counter.count, 41):
        exact = ExactPerturbation(weights, 1e-2, STREAM, 7)
        Interruptions([k]).run(lambda exact=exact: moves(exact))
        Interruptions([1 + k % 400]).run(exact.restore)
        exact.restore()
        assert [bits(array).tolist() for array in weights] == [b.tolist() for b in before]
