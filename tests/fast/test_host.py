"""Arithmetic in each type of number that weights have, beside Python's own."""

from __future__ import annotations

import numpy as np
import pytest

from pezo_hw.fast.host import INT8, TYPES

ARITHMETICS = {**TYPES, np.dtype(np.int8): INT8}


@pytest.mark.parametrize("kind", ARITHMETICS, ids=str)
def test_values_differ_where_their_bytes_do(kind: np.dtype):
    """Numbers that are equal may differ: zeros of either sign do."""
    one = np.zeros(5, dtype=kind)
    other = one.copy()
    size = kind.itemsize
    other.view(np.uint8)[[size, 5 * size - 1]] = 1, 0x80
    arithmetic = ARITHMETICS[kind]
    assert arithmetic.count_differing(one, other) == 2
    assert arithmetic.places(one, other).tolist() == [1, 4]
    assert arithmetic.count_differing(one, one.copy()) == 0


def test_int8_weights_are_held_at_both_ends():
    weights = np.array([-127, -100, -1, 0, 1, 100, 127], dtype=np.int8)
    z = np.array([-1, 30, -127, 255, 3, 28, -255], dtype=np.int16)
    for factor in (1, -1, 2):
        out = np.empty_like(weights)
        INT8.add(weights, z, factor, out)
        exact = [int(w) + factor * int(n) for w, n in zip(weights, z, strict=True)]
        assert out.tolist() == [min(max(value, -127), 127) for value in exact]
