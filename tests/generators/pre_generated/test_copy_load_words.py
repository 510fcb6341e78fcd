"""The words of a load of copies against the list of where their numbers lie."""

from __future__ import annotations

import pytest

from pezo_hw import ConfigError
from pezo_hw.generators.pre_generated.copy_load_words import pool_words, start_words
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.load_check import with_check_word

POOL = PreGeneratedParameters(pool=31, lanes=8, width=6)


def test_a_start_is_where_copy_0_has_the_number():
    words = POOL.copies.words(POOL.quantised.mantissas)
    for number in (*range(31), 10**12):
        address, check = start_words(POOL, number)
        assert words[0][address] == POOL.quantised.mantissas[number % 31]
        assert [address, check] == with_check_word([address])


def test_there_is_no_number_before_the_first():
    with pytest.raises(ConfigError, match="number = -1 is not allowed"):
        start_words(POOL, -1)


def test_a_pool_goes_backwards_from_its_start():
    numbers = list(range(-15, 16))
    words = pool_words(POOL, numbers, start=3)
    assert words[:2] == start_words(POOL, 3)
    assert words[2:-1] == [numbers[(3 - index) % 31] % 64 for index in range(31)]
    assert words[2:] == with_check_word(words[2:-1])


@pytest.mark.parametrize(
    "numbers", [[0] * 30, [0] * 32, [0] * 30 + [32], [-33] + [0] * 30, "0" * 31]
)
def test_numbers_that_the_pool_cannot_have(numbers):
    with pytest.raises(ConfigError, match="a list of 31 integers from -32 to 31"):
        pool_words(POOL, numbers)
