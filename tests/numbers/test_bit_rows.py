"""Bit rows, against Python's own formatting."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.numbers.bit_rows import integers_of_rows, rows_of_lanes, rows_of_strings

BITS = 7
lanes = st.lists(st.integers(-64, 63), min_size=3, max_size=3)


@given(st.lists(lanes, min_size=1, max_size=9))
def test_rows_are_what_a_bus_prints(numbers: list[list[int]]):
    rows = rows_of_lanes(np.array(numbers), BITS)
    printed = ["".join(f"{number & 127:07b}" for number in reversed(row)) for row in numbers]
    assert [row.tobytes().decode() for row in rows] == printed
    assert np.array_equal(rows_of_strings(printed), rows)
    assert integers_of_rows(rows) == [int(text, 2) for text in printed]
