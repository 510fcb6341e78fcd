"""Bit rows, against Python's own formatting."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.numbers.bit_rows import (
    integers_of_rows,
    rows_of_beats,
    rows_of_lanes,
    rows_of_planes,
    rows_of_strings,
)

BITS = 7
lanes = st.lists(st.integers(-64, 63), min_size=3, max_size=3)


@given(st.lists(lanes, min_size=1, max_size=9))
def test_rows_are_what_a_bus_prints(numbers: list[list[int]]):
    rows = rows_of_lanes(np.array(numbers), BITS)
    printed = ["".join(f"{number & 127:07b}" for number in reversed(row)) for row in numbers]
    assert [row.tobytes().decode() for row in rows] == printed
    assert np.array_equal(rows_of_strings(printed), rows)
    assert integers_of_rows(rows) == [int(text, 2) for text in printed]


@given(st.lists(lanes, min_size=1, max_size=9))
def test_rows_by_bits_and_with_a_code(numbers: list[list[int]]):
    planes = rows_of_planes(np.array(numbers), BITS)
    codes = np.arange(len(numbers)) % 8
    beats = rows_of_beats(np.array(numbers), codes, lane_bits=BITS, code_bits=3)
    for row, plane, beat, code in zip(numbers, planes, beats, codes, strict=True):
        lanes_high_first = [f"{number & 127:07b}" for number in reversed(row)]
        by_bits = "".join("".join(bits) for bits in zip(*lanes_high_first, strict=True))
        assert plane.tobytes().decode() == by_bits
        assert beat.tobytes().decode() == f"{code:03b}" + "".join(lanes_high_first)
