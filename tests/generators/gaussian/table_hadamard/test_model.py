"""The table-Hadamard stream against a bit-serial reading, and its exact distribution."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pezo_hw.config import parse
from pezo_hw.generators.gaussian.leap_stream import LeapStream
from pezo_hw.generators.gaussian.table_hadamard.table import MAGNITUDES, ODD_SAMPLES
from tests.generators.gaussian.configs import TABLE_HADAMARD
from tests.generators.gaussian.reference import hadamard_groups, long_starts

# Of cycles 10^9 and 10^9 + 1, by powers of the step's matrix and the bit-serial reading.
FROZEN = [
    [-24, -18, -322, -296, 34, -252, -40, -34],
    [171, 161, 219, 121, -81, -31, -49, -207],
]


@settings(max_examples=20)
@given(st.integers(1, 40), st.integers(0, 2**70), st.integers(0, 30), st.integers(0, 5))
def test_any_window(lanes: int, seed: int, start: int, count: int):
    stream = parse(f"{TABLE_HADAMARD}lanes = {lanes}\nseed = {seed}\n", name="case").stream()
    starts = long_starts(seed, -(-lanes // 16), 127)
    shown = islice(hadamard_groups(starts, list(MAGNITUDES)), start, start + count)
    window = stream.window(start, count)
    assert window.mantissa.tolist() == [cycle[:lanes] for cycle in shown]
    assert window.code.tolist() == [0] * count
    assert np.array_equal(window.value, window.mantissa / np.float32(128))


def test_the_numbers_are_frozen():
    stream = parse(f"{TABLE_HADAMARD}lanes = 1024\n", name="case").stream()
    assert isinstance(stream, LeapStream)
    assert stream.mantissas(10**9, 2)[:, :8].tolist() == FROZEN


def test_the_table_is_what_is_said_of_it():
    """Quantiles with a correction of the fourth moment; five entries one off; variance 1."""
    quantiles = stats.norm.ppf(0.5 + (np.arange(64) + 0.5) / 128)
    corrected = quantiles * (0.98234544 + 0.00795437 * quantiles**2)
    assert np.mean(corrected**2) == pytest.approx(1, abs=1e-7)
    assert np.mean(corrected**4) == pytest.approx(3, abs=1e-6)
    off = np.array(MAGNITUDES) - np.floor(32 * corrected)
    assert set(off.tolist()) <= {-1, 0, 1}
    assert np.count_nonzero(off) == 5
    samples = ODD_SAMPLES.astype(np.int64)
    assert np.sum(samples**2) == 128 * 64**2
    assert np.array_equal(samples[64:], -samples[:64])


def test_the_exact_distribution_of_a_number():
    """Sixteen convolutions of the table's own, in a step of 2^-6, against N(0, 1)."""
    steps = int(ODD_SAMPLES.max())
    single = np.bincount(ODD_SAMPLES.astype(np.int64) + steps) / 128
    exact = np.ones(1)
    for _ in range(16):
        exact = np.convolve(exact, single)
    odd = np.arange(-16 * steps, 16 * steps + 1)
    mantissas, exact = odd[::2] // 2, exact[::2]
    assert exact.sum() == pytest.approx(1)
    assert exact @ mantissas.astype(float) ** 2 == pytest.approx(128**2)
    assert exact @ mantissas.astype(float) ** 4 / 128.0**4 == pytest.approx(3, abs=1e-3)
    between = stats.norm.cdf((mantissas + 0.5) / 128)
    assert abs(np.cumsum(exact) - between).max() < 2.2e-5
    for sigmas, lowest in ((3, 0.999), (4, 0.99), (5, 0.95)):
        tail = exact[mantissas > 128 * sigmas].sum() / stats.norm.sf(sigmas + 0.5 / 128)
        assert lowest < tail < 1.002
