"""Perturbations of a pool at drawn starts, in the golden model and in training."""

from __future__ import annotations

import numpy as np
import pytest

from pezo_hw.config import parse
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters
from pezo_hw.training.stream_source import StreamSource
from tests.cases import DRAWN
from tests.reference import PreGenerated

SMALL = DRAWN + "pool = 31\nlanes = 8\nwidth = 6\n"


def test_each_start_is_a_jump_from_the_last_whatever_the_shapes():
    config = parse(SMALL, name="case")
    numbers = config.stream().values(0, 4).reshape(-1)[:31]
    sequence, source = PerturbationSequence(config.stream()), StreamSource(config)
    start = 0
    for size in (1, 31, 8, 40, 3) * 7:
        first, second = sequence.next([size, 2])
        places = (start + np.arange(size + 2)) % 31
        assert np.concatenate([first, second]).tolist() == numbers[places].tolist()
        weights = [np.zeros(size, np.float32), np.zeros(2, np.float32)]
        following = source.add_(weights, 1.0, start)
        assert np.concatenate(weights).tolist() == numbers[places].tolist()
        start = (start + 19) % 31
        assert sequence.position == following == start


def test_every_length_has_every_start():
    generator = parse(SMALL, name="case").generator
    assert {generator.different([size]) for size in (1, 31, 62)} == {31}


def test_training_goes_from_start_to_start_and_resumes_there():
    """ZO-SGD against the equations, with numbers taken off the pool by hand."""
    config = parse(SMALL, name="case")
    integers, frac = PreGenerated(pool=31, width=6, lanes=8).numbers()
    numbers = np.array(integers) * 2.0**-frac
    weights = [np.linspace(-1, 1, size) for size in (5, 1, 11)]
    by_hand = np.concatenate(weights)
    settings = ZOSGDParameters(learning_rate=0.01, epsilon=0.25, queries=2)

    def optimizer(position: int) -> ZOSGD:
        return ZOSGD(Weights(tensors=weights), StreamSource(config), settings, position=position)

    run = optimizer(0)
    for step in range(40):
        z = [numbers[((2 * step + query) * 19 + np.arange(17)) % 31] for query in range(2)]
        run.step(lambda: float(np.sum(np.concatenate(weights) ** 2)))
        by_hand -= 0.01 * np.mean([(2 * one @ by_hand) * one for one in z], axis=0)
        assert np.concatenate(weights) == pytest.approx(by_hand, rel=1e-9, abs=1e-12)
        assert run.position == (2 * step + 2) * 19 % 31
        run = optimizer(run.position) if step % 3 == 0 else run
