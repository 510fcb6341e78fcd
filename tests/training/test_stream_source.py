"""The stream as a source to train with."""

import numpy as np
import pytest

from pezo_hw import load, preset_names
from pezo_hw.config import Config
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.training import PerturbationSource
from pezo_hw.training.stream_source import StreamSource
from tests.making import generator_of

SHAPES = [(20, 30), (7,), (31,)]
LOOSE = Config(
    name="loose", generator=generator_of(PreGeneratedParameters(lanes=44, leftover="number"))
)


@pytest.mark.parametrize("config", [*map(load, preset_names()), LOOSE], ids=lambda c: c.name)
def test_positions_are_those_of_the_golden_sequence(config: Config):
    source: PerturbationSource = StreamSource(config)
    sequence = PerturbationSequence(config.stream())
    assert source.name == config.name
    position = 0
    for _ in range(4):
        weights = [np.zeros(shape, np.float32) for shape in SHAPES]
        following = source.add_(weights, -1.0, position)
        assert all(map(np.array_equal, weights, [-z for z in sequence.next(SHAPES)]))
        source.add_(weights, +1.0, position)
        assert not any(array.any() for array in weights)
        assert following == sequence.position
        position = following


def test_an_exact_perturbation_is_the_same_perturbation():
    source = StreamSource(load("paper-pool"))
    weights = [np.full(shape, 0.01, np.float16) for shape in SHAPES]
    before, there = [array.copy() for array in weights], [array.copy() for array in weights]
    following = source.add_(there, 1e-3, 12)
    with source.exact(weights, 1e-3, 12) as exact:
        exact.plus()
        assert all(map(np.array_equal, weights, there))
    assert exact.following == following
    assert all(map(np.array_equal, weights, before))
