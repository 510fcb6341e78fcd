"""What a self-test's parameters refuse."""

from __future__ import annotations

from typing import Any

import pytest

from pezo_hw.boards.parameters import SelfTestParameters, word_count
from pezo_hw.errors import ConfigError
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from tests.making import generator_of

GENERATOR = generator_of(OnTheFlyParameters(rngs=7, width=5))


@pytest.mark.parametrize(
    ("generator", "words"),
    [
        (GENERATOR, 2),
        (generator_of(OnTheFlyParameters()), 8),
        (generator_of(PreGeneratedParameters()), 3),
        (generator_of(PreGeneratedParameters(lanes=45)), 17),
        (generator_of(PreGeneratedParameters(leftover="row", pool=8, width=8, lanes=4)), 1),
    ],
)
def test_words_of_a_beat(generator: Any, words: int):
    assert word_count(generator) == words


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("expected", [1]),
        ("expected", [1, 2, 3]),
        ("expected", [1, 1 << 32]),
        ("expected", [1, -1]),
        ("expected", [1, "2"]),
        ("expected", 7),
        ("heartbeat_bits", 0),
        ("heartbeat_bits", 1.5),
    ],
)
def test_refused(key: str, value: object):
    values: dict[str, Any] = {"expected": [1, 2], key: value}
    with pytest.raises(ConfigError) as caught:
        SelfTestParameters(generator=GENERATOR, **values)
    assert caught.value.key.startswith(key)
