"""bfloat16 in uint16, against exact fractions and against PyTorch."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.numbers.number_format import round_to_bfloat16, widen_bfloat16

ALL = np.arange(1 << 16, dtype=np.uint16)


def test_every_bfloat16_survives():
    there = widen_bfloat16(ALL)
    back = round_to_bfloat16(there)
    numbers = ~np.isnan(there)
    assert np.array_equal(back[numbers], ALL[numbers])
    assert (back[~numbers] == 0x7FC0).all()


@given(
    st.floats(
        width=32, allow_nan=False, allow_infinity=False, max_value=2.0**127, min_value=-(2.0**127)
    )
)
def test_the_nearest_of_all_with_ties_to_even(value: float):
    (bits,) = round_to_bfloat16(np.array([value], np.float32)).tolist()
    neighbours = [b for b in (bits - 1, bits, bits + 1) if 0 <= b & 0x7FFF < 0x7F80 and b >= 0]
    worth = {b: Fraction(float(widen_bfloat16(np.array([b], np.uint16))[0])) for b in neighbours}
    distance = {b: abs(worth[b] - Fraction(value)) for b in neighbours}
    nearest = [b for b in neighbours if distance[b] == min(distance.values())]
    assert bits in nearest
    assert bits % 2 == 0 or len(nearest) == 1


def test_every_tie_goes_to_the_even_one():
    below = ALL[(ALL & 0x7FFF) < 0x7F80]
    for tail, up in ((0x7FFF, False), (0x8000, below % 2 == 1), (0x8001, True)):
        values = (below.astype(np.uint32) << 16 | tail).view(np.float32)
        assert np.array_equal(round_to_bfloat16(values), below + np.uint16(1) * up)


def test_it_overflows_to_infinity():
    largest = np.array([np.finfo(np.float32).max, -np.finfo(np.float32).max], np.float32)
    assert round_to_bfloat16(largest).tolist() == [0x7F80, 0xFF80]


def test_pytorch_rounds_the_same_way():
    torch = pytest.importorskip("torch")
    generator = np.random.default_rng(5)
    words = generator.integers(0, 1 << 32, 1 << 18, dtype=np.uint32)
    words[: 1 << 16] = ALL.astype(np.uint32) << 16 | 0x8000
    values = words.view(np.float32)
    values = values[~np.isnan(values)]
    theirs = torch.from_numpy(values).to(torch.bfloat16).view(torch.uint16).numpy()
    assert np.array_equal(round_to_bfloat16(values), theirs)
