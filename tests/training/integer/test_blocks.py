"""Block exponents, against exact fractions."""

from fractions import Fraction

import numpy as np
import pytest

from pezo_hw import ConfigError
from pezo_hw.training.integer.blocks import (
    Block,
    Sums,
    block_of_images,
    requantise,
    rounded_shift,
)

RNG = np.random.default_rng(5)


def nearest(value: Fraction) -> int:
    """To nearest, halves up."""
    return (2 * value + 1).__floor__() // 2 if value.denominator > 1 else value.numerator


def test_to_the_nearest_mantissa_of_the_smallest_exponent_that_holds_all():
    for bits in (1, 6, 7, 8, 12, 24, 31):
        high = 1 << bits
        values = RNG.integers(-high + 1, high, 50).astype(np.int32)
        block = requantise(Sums(values=values, exponent=-20))
        shift = block.exponent + 20
        largest = max(abs(int(value)) for value in values)
        assert largest >> shift <= 127
        assert shift == 0 or largest >> (shift - 1) > 127
        exact = [nearest(Fraction(int(value), 1 << shift)) for value in values]
        assert block.mantissa.tolist() == [max(-127, min(127, value)) for value in exact]
        assert block.mantissa.dtype == np.int8


def test_ends_of_the_accumulator():
    ends = np.array([-(2**31), 2**31 - 1, 0], np.int32)
    block = requantise(Sums(values=ends, exponent=3))
    # 2^31 has 32 bits; less than half of 2^25 is missing to 64 * 2^25.
    assert (block.mantissa.tolist(), block.exponent) == ([-64, 64, 0], 28)
    for nothing in (np.zeros(3, np.int32), np.zeros((0, 2), np.int32)):
        assert requantise(Sums(values=nothing, exponent=-1)).exponent == -1


def test_halves_are_rounded_up():
    values = np.array([-3, -2, -1, 0, 1, 2, 3])
    assert rounded_shift(values, 1).tolist() == [-1, -1, 0, 0, 1, 1, 2]
    assert rounded_shift(values, 0).tolist() == values.tolist()


def test_images():
    block = block_of_images(np.array([[[0, 1], [254, 255]]], np.uint8))
    assert (block.mantissa.tolist(), block.exponent) == ([[[[0, 0], [127, 127]]]], -7)


@pytest.mark.parametrize("mantissa", [np.zeros(3, np.int16), np.array([-128], np.int8)])
def test_what_is_no_block(mantissa):
    with pytest.raises(ConfigError, match=r"^mantissa = "):
        Block(mantissa=mantissa, exponent=0)
