"""The words of a load of a pool against a counter-by-counter reading of the definition."""

from __future__ import annotations

import pytest

from pezo_hw import ConfigError
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.pre_generated.row_load_words import row_address_words, row_words
from pezo_hw.generators.replay.load_check import with_check_word
from tests.reference import PreGenerated


@pytest.mark.parametrize("pool", [{"pool": 91, "lanes": 1}, {"pool": 60, "lanes": 4}])
def test_the_phase_of_a_pool_is_where_the_counters_stand(pool: dict[str, int]):
    """Every counter of the address has counted the rows on its own."""
    parameters = PreGeneratedParameters(**pool, leftover="row", width=6)
    sequence = parameters.address_sequence
    for row in (*range(parameters.rows), 10**12):
        address, _ = row_address_words(parameters, row)
        for modulus, bits in zip(sequence.moduli, sequence.field_bits, strict=True):
            assert address % 2**bits == row % modulus
            address >>= bits
        assert address == 0


def test_a_row_is_stored_as_the_pool_is():
    parameters = PreGeneratedParameters(leftover="row", pool=60, lanes=4, width=6, seed=3)
    numbers, _ = PreGenerated(pool=60, lanes=4, width=6, seed=3).numbers()
    words = row_words(parameters, 7, numbers[28:32])
    assert words[:-1] == [*row_address_words(parameters, 7), *(q % 64 for q in numbers[28:32])]
    assert words[2:] == with_check_word(words[2:-1])


@pytest.mark.parametrize(
    ("row", "numbers", "named"),
    [
        (15, [0] * 4, "row = 15"),
        (-1, [0] * 4, "row = -1"),
        (0, [0] * 3, "a list of 4 integers from -32 to 31"),
        (0, [0, 0, 0, 32], "a list of 4 integers from -32 to 31"),
        (0, [-33, 0, 0, 0], "numbers"),
    ],
)
def test_rows_that_the_pool_cannot_have(row: int, numbers: list[int], named: str):
    with pytest.raises(ConfigError, match=named):
        row_words(PreGeneratedParameters(leftover="row", pool=60, lanes=4, width=6), row, numbers)
