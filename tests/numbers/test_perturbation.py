"""Perturbations over lists of tensors: where they start, replay, save and restore."""

import json
from itertools import chain, islice

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.perturbation import PerturbationSequence
from tests.making import generator_of
from tests.reference import OnTheFly, PreGenerated

SHAPES = [(3, 4), (7,), (), (2, 0), (5, 2, 2)]


def test_each_tensor_starts_on_a_fresh_cycle():
    slow = OnTheFly(rngs=5, width=6, lanes=8)
    cycles = slow.cycles()
    sequence = PerturbationSequence(
        generator_of(OnTheFlyParameters(rngs=5, width=6, lanes=8)).stream()
    )
    for _ in range(3):
        for shape, tensor in zip(SHAPES, sequence.next(SHAPES), strict=True):
            size = int(np.prod(shape))
            taken = list(islice(cycles, -(-size // 8)))
            numbers = list(chain(*([slow.value(c, m) for m in row] for c, row in taken)))[:size]
            assert tensor.shape == shape
            assert tensor.dtype == np.float32
            assert tensor.reshape(-1).tolist() == numbers
    assert sequence.position == 3 * (2 + 1 + 1 + 0 + 3)


def test_a_pool_by_rows_drops_what_a_row_has_left():
    sequence = PerturbationSequence(
        generator_of(PreGeneratedParameters(pool=60, lanes=12, leftover="row")).stream()
    )
    q, f = PreGenerated(pool=60, lanes=12).numbers()
    first, second = sequence.next([13, 3])
    assert first.tolist() == [x * 2.0**-f for x in q[:13]]
    assert second.tolist() == [x * 2.0**-f for x in q[24:27]]
    assert sequence.position == 3


def test_a_pool_by_numbers_drops_nothing():
    parameters = PreGeneratedParameters(pool=50, lanes=7, leftover="number")
    sequence = PerturbationSequence(generator_of(parameters).stream())
    q, f = PreGenerated(pool=50, lanes=7).numbers()
    drawn = [sequence.next([33]), sequence.next([9, 20])]
    assert np.concatenate(list(chain(*drawn))).tolist() == [
        q[i % 50] * 2.0**-f for i in range(33 + 29)
    ]
    assert sequence.position == 62 % 50


@pytest.mark.parametrize(
    "parameters",
    [
        OnTheFlyParameters(),
        PreGeneratedParameters(),
        PreGeneratedParameters(lanes=44, leftover="number"),
    ],
    ids=["on-the-fly", "row", "number"],
)
def test_replay_and_restore_give_the_same_bits(parameters):
    sequence = PerturbationSequence(generator_of(parameters).stream(), position=17)
    sequence.next([100])
    last = sequence.next(SHAPES)
    saved = json.loads(json.dumps(sequence.save()))
    following = sequence.next([(50, 50)])
    for _ in range(3):
        assert all(map(np.array_equal, sequence.replay(), following))
    other = PerturbationSequence(generator_of(parameters).stream())
    other.restore(saved)
    assert all(map(np.array_equal, other.replay(), last))
    assert np.array_equal(other.next([(50, 50)])[0], following[0])


def test_replay_needs_something_to_replay():
    with pytest.raises(PezoError, match="no perturbation to replay yet"):
        PerturbationSequence(generator_of(OnTheFlyParameters()).stream()).replay()


def test_sizes_are_not_negative():
    with pytest.raises(PezoError, match="an integer >= 0"):
        PerturbationSequence(generator_of(OnTheFlyParameters()).stream()).next([-1])
