"""Perturbations of a pool at drawn starts, in the golden model and in training."""

from __future__ import annotations

import numpy as np

from pezo_hw.config import parse
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.training.stream_source import StreamSource
from tests.cases import DRAWN

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
