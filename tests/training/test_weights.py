"""Which weights are trained: what the caller holds at each step, or one sentence."""

import copy
import pickle

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters
from pezo_hw.training.sources import GaussianSource, find_source

SETTINGS = ZOSGDParameters(learning_rate=0.01, epsilon=0.01)
SOURCES = [GaussianSource(), find_source("paper-roberta")]


@pytest.mark.parametrize(
    ("tensor", "what"),
    [
        (np.zeros(3, ">f4"), "of >f4"),
        (np.zeros(3, np.longdouble), "of float128"),
        (np.zeros(3, np.complex64), "of complex64"),
        (np.zeros(3, bool), "of bool"),
        (np.zeros(3, object), "of object"),
        (np.zeros(3, [("a", "f4")]), "of "),
        (np.zeros(3)[::-1], "with gaps"),
        (np.ma.zeros(3), "MaskedArray"),
        (np.zeros(3).view(np.recarray), "recarray"),
        (np.float32(3), "float32"),
        (None, "NoneType"),
        ("weights", "str"),
        (np.frombuffer(bytes(9), np.uint8)[1:9].view(np.float64), "read-only"),
    ],
)
def test_arrays_that_cannot_be_trained(tensor, what: str):
    with pytest.raises(PezoError, match=rf"^tensors\[1\] = .*{what}.* is not allowed; allowed: "):
        Weights(tensors=[np.zeros(2), tensor])


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_is_no_array():
    with pytest.raises(PezoError, match="matrix"):
        Weights(tensors=[np.matrix([[1.0, 2.0]])])


@pytest.mark.parametrize(
    ("tensors", "key"),
    [
        ([], "weights = nothing"),
        ([np.zeros((2, 0))], "weights = nothing"),
        (np.zeros((3, 3)), "tensors = ndarray"),
        ({"a": np.zeros(3)}, "tensors = dict"),
        ("ab", "tensors = str"),
        (None, "tensors = NoneType"),
        (7, "tensors = int"),
    ],
)
def test_lists_that_are_none(tensors, key: str):
    with pytest.raises(PezoError, match=f"^{key} is not allowed; allowed: "):
        Weights(tensors=tensors)


def test_memory_is_given_once():
    w = np.zeros(8)
    Weights(tensors=[w[:4], w[4:], w[4:4], np.zeros(0)])
    for other in (w, w[3:], w[:1], w.reshape(2, 4), w.view(np.float32)):
        with pytest.raises(PezoError, match=r'^tensors\[\d\] = "the memory of tensors\[\d\]" '):
            Weights(tensors=[w, other])


def test_a_generator_and_a_memory_map(tmp_path):
    mapped = np.memmap(tmp_path / "w", np.float32, "w+", shape=5)
    weights = Weights(tensors=(tensor for tensor in [mapped, np.zeros(())]))
    for source in SOURCES:
        before = mapped.copy()
        optimizer = ZOSGD(weights, source, SETTINGS)
        assert optimizer.step(lambda: float(np.sum((mapped - 1) ** 2))).changed_share == 1
        assert not np.array_equal(mapped, before)


def test_an_array_made_read_only_later():
    w = np.ones(4)
    optimizer = ZOSGD(Weights(tensors=[w]), GaussianSource(), SETTINGS)
    w.flags.writeable = False
    with pytest.raises(PezoError, match="read-only"):
        optimizer.step(lambda: 1.0)
    with pytest.raises(PezoError, match=r'^weights = "list" is not allowed'):
        ZOSGD([w], GaussianSource(), SETTINGS)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
@pytest.mark.parametrize("how", [copy.copy, copy.deepcopy, lambda o: pickle.loads(pickle.dumps(o))])
def test_copies_of_the_optimiser_go_on_as_it_does(source, how):
    w = np.ones(40, np.float32)
    optimizer = ZOSGD(Weights(tensors=[w]), source, SETTINGS)

    def step(one: ZOSGD) -> None:
        (tensor,) = one.weights.tensors
        one.step(lambda: float(np.sum((tensor - 3) ** 2)))

    step(optimizer)
    other = how(optimizer)
    assert np.shares_memory(other.weights.tensors[0], w) == (how is copy.copy)
    assert other.save() == optimizer.save()
    before = w.copy()
    step(other)
    after = other.weights.tensors[0].copy()
    w[:] = before
    step(optimizer)
    assert np.array_equal(w, after)
    assert not np.array_equal(w, before)


def test_no_copy_is_taken_inside_a_step():
    optimizer = ZOSGD(Weights(tensors=[np.ones(3)]), GaussianSource(), SETTINGS)
    for how in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(PezoError, match="a step is under way"):
            optimizer.step(lambda how=how: how(optimizer) and 1.0)
    assert optimizer.weights.tensors[0].tolist() == [1, 1, 1]
