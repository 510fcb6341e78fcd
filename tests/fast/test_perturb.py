"""Weights perturbed in place, against whole perturbations of the golden model."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw import PezoError, load
from pezo_hw.fast.exact import ExactPerturbation
from pezo_hw.fast.perturb import perturb_
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.number_format import round_to_bfloat16, widen_bfloat16
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.training.sources import GaussianSource
from tests import strategies
from tests.making import generator_of

SHAPES = [(3, 4), (7,), (), (2, 0), (300, 301), (5, 2, 2)]
TYPES = ["float32", "float64", "float16", "bfloat16"]
POOL = PreGeneratedParameters(lanes=44, leftover="number")


def weights_of(name: str, shapes=SHAPES) -> list[np.ndarray]:
    """A tensor of each shape; bfloat16 as its bits."""
    generator = np.random.default_rng(1)
    sizes = [math.prod(shape) for shape in shapes]
    drawn = [generator.normal(0, 0.02, size).astype(np.float32) for size in sizes]
    stored = (
        map(round_to_bfloat16, drawn) if name == "bfloat16" else (d.astype(name) for d in drawn)
    )
    return [array.reshape(shape) for array, shape in zip(stored, shapes, strict=True)]


def sum_of(name: str, weights: np.ndarray, z: np.ndarray, scale: float) -> np.ndarray:
    """The sum with scale * z, said in one line a type."""
    if name == "float64":
        return weights + scale * z.astype(np.float64)
    if name == "bfloat16":
        sums = widen_bfloat16(weights.reshape(-1)) + np.float32(scale) * z.reshape(-1)
        return round_to_bfloat16(sums).reshape(weights.shape)
    return (weights.astype(np.float32) + np.float32(scale) * z).astype(name)


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize(
    "parameters",
    [OnTheFlyParameters(), OnTheFlyParameters(width=14, lanes=40), PreGeneratedParameters(), POOL],
    ids=["roberta", "opt-tile", "row", "number"],
)
def test_it_adds_what_the_golden_sequence_draws(name: str, parameters):
    stream, position = generator_of(parameters).fast_stream(), 10**6
    sequence = PerturbationSequence(generator_of(parameters).stream(), position)
    weights = weights_of(name)
    for scale in (1e-3, -2e-3, 7.0):
        drawn = sequence.next(SHAPES)
        pairs = zip(weights, drawn, strict=True)
        expected = [sum_of(name, array, z, scale) for array, z in pairs]
        position = perturb_(weights, scale, stream, position)
        assert position == sequence.position
        for ours, theirs in zip(weights, expected, strict=True):
            assert ours.dtype == theirs.dtype
            assert np.array_equal(ours, theirs)


@given(
    strategies.on_the_fly() | strategies.pre_generated(),
    st.integers(0, 10**30),
    st.lists(st.integers(0, 50), max_size=5),
)
def test_any_configuration_and_position(pair, position: int, sizes: list[int]):
    sequence = PerturbationSequence(generator_of(pair[0]).stream(), position)
    weights = [np.zeros(size, np.float32) for size in sizes]
    following = perturb_(weights, 1.0, generator_of(pair[0]).fast_stream(), position)
    for ours, theirs in zip(weights, sequence.next(sizes), strict=True):
        assert np.array_equal(ours, theirs)
    assert following == sequence.position


def test_the_same_position_replays():
    stream = load("paper-opt").fast_stream()
    first, again = np.zeros(200_000, np.float32), np.zeros(200_000, np.float32)
    assert perturb_([first], 0.5, stream, 10**12) == perturb_([again], 0.5, stream, 10**12)
    assert np.array_equal(first, again)
    assert np.count_nonzero(first) > 190_000


@pytest.mark.parametrize("name", TYPES)
def test_tensors_of_pytorch(name: str):
    torch = pytest.importorskip("torch")
    stream = load("paper-roberta").fast_stream()
    arrays = weights_of(name)
    tensors = [torch.from_numpy(array.copy()) for array in arrays]
    if name == "bfloat16":
        tensors = [tensor.view(torch.bfloat16) for tensor in tensors]
    parameters = [torch.nn.Parameter(tensor) for tensor in tensors]
    assert perturb_(arrays, 1e-3, stream, 5) == perturb_(parameters, 1e-3, stream, 5)
    for array, parameter in zip(arrays, parameters, strict=True):
        plain = parameter.detach()
        bits = plain.view(torch.uint16) if name == "bfloat16" else plain
        assert np.array_equal(bits.numpy(), array)


def test_half_precision_overflows_to_infinity():
    weights = np.array([65504.0, -65504.0], np.float16)
    perturb_([weights], 1e6, load("paper-roberta").fast_stream(), 0)
    assert np.isinf(weights).all()


@pytest.mark.parametrize(
    ("tensor", "message"),
    [
        (np.zeros(4, np.int32), "of int32 .* allowed: float32, float16, bfloat16 or float64"),
        ([0.0, 1.0], "a tensor of list is not allowed"),
        (np.zeros((4, 4), np.float32).T, "gaps or read-only is not allowed"),
        (np.broadcast_to(np.zeros(1, np.float32), 1), "gaps or read-only is not allowed"),
    ],
)
def test_a_tensor_that_cannot_be_perturbed_leaves_all_untouched(tensor, message: str):
    good = np.zeros(5, np.float32)
    with pytest.raises(PezoError, match=message):
        perturb_([good, tensor], 1.0, load("paper-roberta").fast_stream())
    assert not good.any()


def test_tensors_of_pytorch_that_cannot_be_perturbed():
    torch = pytest.importorskip("torch")
    stream = load("paper-roberta").fast_stream()
    for tensor in (torch.zeros(1).expand(4), torch.zeros(9).as_strided((3, 3), (2, 1))):
        with pytest.raises(PezoError, match="one place for several numbers is not allowed"):
            perturb_([tensor], 1.0, stream)
    with pytest.raises(PezoError, match="on meta is not allowed; allowed: tensors on the CPU"):
        perturb_([torch.zeros(3, device="meta")], 1.0, stream)
    with pytest.raises(PezoError, match="of int64"):
        perturb_([torch.zeros(3, dtype=torch.int64)], 1.0, stream)


def test_positions_are_not_negative():
    with pytest.raises(PezoError, match="an integer >= 0"):
        perturb_([], 1.0, load("paper-roberta").fast_stream(), -1)


@pytest.mark.parametrize(
    "scale", [None, float("nan"), float("inf"), 1e39, 1j, True, "1", np.ones(1), 10**400]
)
def test_a_scale_is_a_finite_number(scale):
    good = np.ones(5, np.float32)
    stream = load("paper-roberta").fast_stream()
    for use in (perturb_, ExactPerturbation):
        with pytest.raises(PezoError, match=r"^scale = .* allowed: a (finite )?number"):
            use([good], scale, stream)
    with pytest.raises(PezoError, match=r"^scale = |^position = "):
        GaussianSource().add_([good], scale if scale != 1e39 else None, 0)
    assert (good == 1).all()
    for fine in (1, np.float32(0.5), np.int64(1), 1e38):
        perturb_([good.copy()], fine, stream)
    perturb_([good.astype(np.float64)], 1e39, stream)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_arrays_with_a_shape_or_a_mask_of_their_own():
    stream = load("paper-roberta").fast_stream()
    values = np.zeros((2, 3), np.float32)
    for tensor in (
        np.matrix(values),
        np.ma.masked_array(values, values == 0),
        values.view(np.recarray),
        values.astype(">f4"),
        values.astype(object),
        np.zeros(3, [("a", "f4")]),
        values[0, ::-1],
        np.float32(1),
        np.frombuffer(bytearray(9), np.uint8)[1:].view(np.float32),
        values.astype(np.longdouble),
    ):
        with pytest.raises(PezoError, match=r"^a tensor .* is not allowed; allowed: "):
            perturb_([values, tensor], 1.0, stream)
    assert not values.any()
    perturb_([np.zeros((), np.float32)], 1.0, stream)


def test_a_tensor_in_the_place_of_a_list():
    stream = load("paper-roberta").fast_stream()
    for tensors in (np.zeros((3, 3), np.float32), {"a": 1}, "ab", None, 3):
        with pytest.raises(PezoError, match=r"^tensors = .* allowed: a list of arrays or tensors"):
            perturb_(tensors, 1.0, stream)
    with pytest.raises(PezoError, match=r"^stream = .* allowed: a FastStream"):
        perturb_([], 1.0, load("paper-roberta").stream())
