"""The piecewise sums against a bit-serial reading, and their exact distribution."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pezo_hw.config import parse
from pezo_hw.generators.gaussian.piecewise_clt.alias_table import ALTERNATES, THRESHOLDS, places_of
from tests.generators.gaussian.configs import PIECEWISE_CLT
from tests.generators.gaussian.distributions import fit
from tests.generators.gaussian.reference import long_starts, piecewise_lanes

# Of cycles 1000 and 1001 of 1024 lanes, by the bit-serial reading.
FROZEN = [
    [-483, 177, 605, 676, -1293, -592, -804, 337],
    [630, -832, 1240, 591, 1238, -793, 145, -143],
]
# Of place 0, 1, 2, ..., as in the hardware that was published: PwCLT-6.
PUBLISHED = (
    *(0.100792, 0.195253, 0.177424, 0.151254, 0.12097, 0.0907675, 0.0638944, 0.0421963),
    *(0.0261439, 0.0151968, 0.00828742, 0.0042401, 0.00203529, 9.16576e-4, 3.87265e-4),
    *(1.53514e-4, 5.70944e-5, 1.99225e-5, 6.52239e-6, 2.00347e-6, 5.77398e-7, 1.56135e-7),
)


def drawn_places() -> np.ndarray:
    """The probability of each place in units of 2^-37, column by column."""
    probabilities = np.zeros(32, dtype=np.int64)
    for column, (threshold, alternate) in enumerate(zip(THRESHOLDS, ALTERNATES, strict=True)):
        probabilities[column] += threshold
        probabilities[alternate] += 2**32 - threshold
    return probabilities


def test_the_table_is_what_is_said_of_it():
    places = np.arange(32)
    weights = np.exp(-(places**2) / (2 * (16 - 21845 / 65536))) * np.where(places, 2, 1)
    drawn = drawn_places()
    assert drawn.sum() == 2**37
    assert abs(drawn - weights / weights.sum() * 2**37).max() < 1
    found = drawn[: len(PUBLISHED)] / 2**37
    assert found == pytest.approx(PUBLISHED, rel=4e-3)
    assert found[:8] == pytest.approx(PUBLISHED[:8], rel=4e-5)


def test_a_word_at_the_threshold_draws_the_alternate():
    columns = np.arange(32)
    at = np.array(THRESHOLDS, dtype=np.int64)
    assert places_of(columns, at).tolist() == list(ALTERNATES)
    has_own = at > 0
    assert places_of(columns[has_own], at[has_own] - 1).tolist() == columns[has_own].tolist()


@settings(max_examples=20)
@given(st.integers(1, 4), st.integers(0, 2**70), st.integers(0, 30), st.integers(0, 5))
def test_any_window(lanes: int, seed: int, start: int, count: int):
    stream = parse(f"{PIECEWISE_CLT}lanes = {lanes}\nseed = {seed}\n", name="case").stream()
    lists = list(THRESHOLDS), list(ALTERNATES)
    shown = islice(piecewise_lanes(long_starts(seed, lanes, 89), *lists), start, start + count)
    window = stream.window(start, count)
    assert window.mantissa.tolist() == list(shown)
    assert window.code.tolist() == [0] * count
    assert np.array_equal(window.value, window.mantissa / np.float32(1024))


def test_the_numbers_are_frozen():
    stream = parse(f"{PIECEWISE_CLT}lanes = 1024\n", name="case").stream()
    assert stream.mantissas(1000, 2)[:, :8].tolist() == FROZEN


def exact_distribution() -> np.ndarray:
    """Of -8446 ... 8446: four convolutions of a word's, and one with the places'."""
    exact = np.zeros(2 * 31 * 256 + 1)
    exact[31 * 256 :: 256] += drawn_places() / 2**38
    exact[31 * 256 :: -256] += drawn_places() / 2**38
    for _ in range(4):
        exact = np.convolve(exact, np.full(256, 1 / 256))
    return exact


def test_the_exact_distribution_of_a_number():
    mantissas, exact = np.arange(-8446, 8447), exact_distribution()
    assert np.flatnonzero(exact)[-1] - 8446 == 27 * 256 + 510
    assert exact @ mantissas.astype(float) ** 2 == pytest.approx(2**20, rel=1e-7)
    kurtosis = exact @ (mantissas / 1024.0) ** 4
    assert kurtosis == pytest.approx(3, abs=1.4e-4)
    between = stats.norm.cdf((mantissas + 0.5) / 1024)
    assert abs(np.cumsum(exact) - between).max() < 3.2e-6
    for sigmas in (3, 4, 5):
        tail = exact[mantissas > 1024 * sigmas].sum()
        assert tail == pytest.approx(stats.norm.sf(sigmas + 0.5 / 1024), rel=3e-3)


def test_the_kind_says_so():
    said = parse(f"{PIECEWISE_CLT}lanes = 1\n", name="case").parameters.kind.distribution()
    exact = exact_distribution()
    assert said.probabilities == pytest.approx(exact[exact > 0], rel=1e-9, abs=1e-16)
    assert said.values[-1] == -said.values[0] == (np.count_nonzero(exact) - 1) / 2 / 1024


def test_the_numbers_have_that_distribution():
    stream = parse(f"{PIECEWISE_CLT}lanes = 8\n", name="case").stream()
    values = np.arange(-8446, 8447) / 1024
    assert fit(stream, values, exact_distribution()) > 1e-3
