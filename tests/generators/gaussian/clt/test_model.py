"""The sums of uniform words against a bit-serial reading, and their exact distribution."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pezo_hw.config import parse
from tests.generators.gaussian.configs import CLT
from tests.generators.gaussian.distributions import fit
from tests.generators.gaussian.reference import clt_lanes, long_starts

# Of cycles 1000 and 1001 of 1024 lanes, by the bit-serial reading.
FROZEN = [[79, 261, -347, -70, 120, -28, 343, -238], [-35, 202, 2, -294, 47, 125, 161, 193]]


@settings(max_examples=20)
@given(st.integers(1, 4), st.integers(0, 2**70), st.integers(0, 30), st.integers(0, 5))
def test_any_window(lanes: int, seed: int, start: int, count: int):
    stream = parse(f"{CLT}lanes = {lanes}\nseed = {seed}\n", name="case").stream()
    shown = islice(clt_lanes(long_starts(seed, lanes, 127)), start, start + count)
    window = stream.window(start, count)
    assert window.mantissa.tolist() == list(shown)
    assert window.code.tolist() == [0] * count
    assert np.array_equal(window.value, window.mantissa / np.float32(256))


def test_the_numbers_are_frozen():
    stream = parse(f"{CLT}lanes = 1024\n", name="case").stream()
    assert stream.mantissas(1000, 2)[:, :8].tolist() == FROZEN


def exact_distribution() -> np.ndarray:
    """Of -1530 ... 1530: twelve convolutions of a word's."""
    exact = np.ones(1)
    for _ in range(12):
        exact = np.convolve(exact, np.full(256, 1 / 256))
    return exact


def test_the_exact_distribution_of_a_number():
    """Close to N(0, 1) in the middle, and far too thin in the tails."""
    mantissas, exact = np.arange(-1530, 1531), exact_distribution()
    assert exact @ mantissas.astype(float) ** 2 == pytest.approx(2**16 - 1)
    kurtosis = exact @ mantissas.astype(float) ** 4 / (2.0**16 - 1) ** 2
    assert kurtosis == pytest.approx(3 - 0.1 * (2**16 + 1) / (2**16 - 1))
    between = stats.norm.cdf((mantissas + 0.5) / 256)
    assert abs(np.cumsum(exact) - between).max() == pytest.approx(2.334e-3, abs=1e-6)
    tails = [
        exact[mantissas > 256 * sigmas].sum() / stats.norm.sf(sigmas + 0.5 / 256)
        for sigmas in (3, 4, 5)
    ]
    assert tails == pytest.approx([0.74515, 0.26821, 0.00718], rel=1e-3)


def test_the_kind_says_so():
    said = parse(f"{CLT}lanes = 1\n", name="case").parameters.kind.distribution()
    exact = exact_distribution()
    assert said.probabilities == pytest.approx(exact[exact > 0], rel=1e-9, abs=1e-16)
    assert said.values[-1] == -said.values[0] == (np.count_nonzero(exact) - 1) / 2 / 256


def test_the_numbers_have_that_distribution():
    stream = parse(f"{CLT}lanes = 8\n", name="case").stream()
    values = np.arange(-1530, 1531) / 256
    assert fit(stream, values, exact_distribution()) > 1e-3
