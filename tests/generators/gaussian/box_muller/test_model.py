"""The Box-Muller stream against plain integers, real numbers and the normal distribution."""

import hashlib
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pezo_hw.config import parse
from pezo_hw.generators.gaussian.box_muller import model, tables
from tests.generators.gaussian.configs import BOX_MULLER
from tests.generators.gaussian.distributions import fit
from tests.generators.gaussian.reference import box_muller_pair, long_registers, long_starts

TABLES = (
    tables.log_table(),
    tables.octave_table(),
    tables.root_table(),
    tables.cosine_table(),
)
# Of cycles 1000 and 1001 of 1024 lanes, by the reading in plain integers.
FROZEN = [
    [860, -1898, 1829, -1121, 3021, 369, -771, -1951],
    [2794, 177, -2867, -1025, -1943, 789, -3399, 1566],
]
FROZEN_TABLES = "8e9eefa424ac210f0ae1dce1c74b2a111a9dc0d4eb954666ce0bd545e65e9474"


def cycles_of(lanes: int, seed: int):
    starts = long_starts(seed, -(-lanes // 2), 127)
    for registers in long_registers(starts, 127, 64):
        pairs = [box_muller_pair(bits[:64], *TABLES) for bits in registers]
        yield [number for pair in pairs for number in pair][:lanes]


@settings(max_examples=20)
@given(st.integers(1, 5), st.integers(0, 2**70), st.integers(0, 30), st.integers(0, 5))
def test_any_window(lanes: int, seed: int, start: int, count: int):
    stream = parse(f"{BOX_MULLER}lanes = {lanes}\nseed = {seed}\n", name="case").stream()
    window = stream.window(start, count)
    assert window.mantissa.tolist() == list(islice(cycles_of(lanes, seed), start, start + count))
    assert window.code.tolist() == [0] * count
    assert np.array_equal(window.value, window.mantissa / np.float32(2048))


@given(st.integers(0, 48), st.integers(0, 2**64 - 1))
def test_any_number_of_leading_zeros_and_ones(place: int, bits: int):
    radius = bits % 2**48 >> place
    for word in (radius, 2**48 - 1 - radius):
        full = bits >> 48 << 48 | word
        fresh = np.frombuffer(full.to_bytes(8, "big"), dtype=np.uint8)
        expected = box_muller_pair([full >> place & 1 for place in range(64)], *TABLES)
        assert model.mantissas_of(fresh).tolist() == expected


def test_it_is_the_transform_of_real_numbers():
    """To 1.2 in the last place, small and large radii among them."""
    random = np.random.default_rng(4)
    radius = random.integers(0, 2**48, 20_000) >> random.integers(0, 48, 20_000)
    radius[::2] = 2**48 - 1 - radius[::2]
    rest = random.integers(0, 2**16, 20_000)
    words = (rest.astype(np.uint64) << np.uint64(48)) | radius.astype(np.uint64)
    found = model.mantissas_of(words.astype(">u8").view(np.uint8).reshape(-1, 8))
    # 1 - u is exact where u is near 1.
    u = np.where(radius < 2**47, np.log((2 * radius + 1) / 2.0**49), 0)
    far = np.log1p(-(2 * (2**48 - 1 - radius) + 1) / 2.0**49)
    length = np.sqrt(-2 * np.where(radius < 2**47, u, far))
    angle = (rest % 2**14 + 0.5) * np.pi / 2**15
    signs = 1 - 2 * (rest[:, None] >> np.array([14, 15]) & 1)
    exact = 2048 * length[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1) * signs
    assert abs(found - exact).max() < 1.2


def test_the_numbers_and_the_tables_are_frozen():
    stream = parse(f"{BOX_MULLER}lanes = 1024\n", name="case").stream()
    assert stream.mantissas(1000, 2)[:, :8].tolist() == FROZEN
    assert hashlib.sha256(repr(TABLES).encode()).hexdigest() == FROZEN_TABLES


def test_coefficients_have_the_bits_that_are_said():
    logs, _, roots, cosines = TABLES
    for rows, bits in (
        (logs, tables.LOG_BITS),
        (roots, tables.ROOT_BITS),
        (cosines, tables.COSINE_BITS),
    ):
        widest = [max(column).bit_length() for column in zip(*rows, strict=True)]
        assert widest == list(bits)
        assert min(min(column) for column in zip(*rows, strict=True)) >= 0
    everywhere = np.arange(255 << 16, 256 << 16)
    squares = model.squares_at(np.zeros(len(everywhere), dtype=np.int64), everywhere)
    assert squares.min() >= 1  # never below 0, however near u is to 1


def test_the_distribution_of_a_number():
    """The lattice's is that of numbers, and normal as far as they reach."""
    said = parse(f"{BOX_MULLER}lanes = 1\n", name="case").parameters.kind.distribution()
    assert said.probabilities.sum() == pytest.approx(1)
    assert said.variance == pytest.approx(1, abs=1e-4)
    assert said.kurtosis == pytest.approx(3, abs=2e-4)
    cumulated = np.cumsum(said.probabilities)
    assert abs(cumulated - stats.norm.cdf(said.values + 0.5 / 2048)).max() < 7e-5
    stream = parse(f"{BOX_MULLER}lanes = 8\n", name="case").stream()
    assert fit(stream, said.values, said.probabilities) > 1e-3
