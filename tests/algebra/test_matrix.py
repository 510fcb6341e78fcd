"""Bit matrices, against NumPy's arithmetic modulo 2."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.algebra.matrix import BitMatrix

rows_of_six = st.lists(st.integers(0, 63), min_size=6, max_size=6)


def dense(matrix: BitMatrix) -> np.ndarray:
    return np.array([[row >> j & 1 for j in range(matrix.size)] for row in matrix.rows])


@given(rows_of_six, rows_of_six)
def test_product(left: list[int], right: list[int]):
    a, b = BitMatrix(rows=tuple(left)), BitMatrix(rows=tuple(right))
    assert np.array_equal(dense(a @ b), dense(a) @ dense(b) % 2)


@given(rows_of_six, st.integers(0, 40))
def test_power(rows: list[int], exponent: int):
    matrix = BitMatrix(rows=tuple(rows))
    product = np.eye(6, dtype=int)
    for _ in range(exponent):
        product = product @ dense(matrix) % 2
    assert np.array_equal(dense(matrix**exponent), product)


@given(rows_of_six, st.integers(0, 63))
def test_apply(rows: list[int], state: int):
    matrix = BitMatrix(rows=tuple(rows))
    bits = dense(matrix) @ [state >> j & 1 for j in range(6)] % 2
    image = sum(int(bit) << i for i, bit in enumerate(bits))
    assert matrix.apply(state) == image
    assert matrix.apply_each(np.array([[state]], dtype=np.uint32)).tolist() == [[image]]


def test_found_by_running_a_linear_function():
    matrix = BitMatrix.of_linear_step(lambda x: (x >> 1) ^ (x << 2 & 15), 4)
    for state in range(16):
        assert matrix.apply(state) == (state >> 1) ^ (state << 2 & 15)


def test_columns_are_the_transpose():
    matrix = BitMatrix(rows=(0b011, 0b110, 0b100))
    assert matrix.columns == [0b001, 0b011, 0b110]


def test_it_is_frozen():
    with pytest.raises(AttributeError):
        BitMatrix.identity(3).rows = ()  # type: ignore[misc]
