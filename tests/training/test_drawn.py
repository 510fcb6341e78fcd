"""Independent numbers: what they are, where they come from, and that they never change."""

import numpy as np
import pytest
from scipy import stats

from pezo_hw.training.sources import GaussianSource, IntegerUniformSource
from pezo_hw.training.sources.catalogue import DISTRIBUTIONS
from pezo_hw.training.sources.drawn import BLOCK, DrawnNumbers, gaussian


def numbers_of(kind: str, position: int = 3, count: int = 1 << 18) -> np.ndarray:
    z = np.zeros(count, np.float32)
    DISTRIBUTIONS[kind](seed=5).add_([z], 1.0, position)
    return z.astype(np.float64)


def test_gaussian_numbers_are_normal():
    """Against SciPy's distribution; of 2^18 numbers every bound is some four deviations."""
    z = numbers_of("gaussian")
    assert stats.kstest(z, "norm").pvalue > 1e-4
    assert abs(z.mean()) < 4 / 512
    assert z.var() == pytest.approx(1, abs=4 * np.sqrt(2) / 512)
    assert np.mean(z**4) == pytest.approx(3, abs=4 * np.sqrt(96) / 512)
    assert 4.2 < np.abs(z).max() < 4.86
    # The two of a pair, neighbours, and neighbouring perturbations know nothing of each other.
    half = BLOCK // 2
    pairs = z.reshape(-1, 2, half)
    following = numbers_of("gaussian", 4)
    for one, other in ((pairs[:, 0], pairs[:, 1]), (z[1:], z[:-1]), (z, following)):
        for power in (1, 2):
            a, b = (part.ravel() ** power for part in (one, other))
            assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(a.size)


def test_every_share_of_a_gaussian_number_is_as_large_as_it_should_be():
    """All radii and angles alike: the variance is 1 to seven digits over a whole period of them."""
    picks = np.random.default_rng(0).permutation(1 << 16).astype("<u2")
    squares = sum(
        float(np.sum(gaussian(np.concatenate([radii, angles]).view(np.uint8)).astype(float) ** 2))
        for radii in picks.reshape(4, -1)
        for angles in [np.arange(BLOCK // 2, dtype="<u2")]
    )
    assert squares / (1 << 17) == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("kind", DISTRIBUTIONS)
def test_a_number_is_known_by_its_index(kind: str):
    """However it is read, over the borders of blocks too; tensors take them one after another."""
    distribution = DISTRIBUTIONS[kind]().distribution
    whole = DrawnNumbers(distribution, (0, 7))
    z = np.concatenate([whole.read(k * BLOCK, BLOCK) for k in range(3)])
    other = DrawnNumbers(distribution, (0, 7))
    for first, count in ((BLOCK - 3, 10), (5, 1), (2 * BLOCK - 1, BLOCK), (0, BLOCK)):
        assert np.array_equal(other.read(first, count), z[first : first + count])
    tensors = [np.zeros(size, np.float32) for size in (7, 0, BLOCK, 3)]
    assert DISTRIBUTIONS[kind]().add_(tensors, 1.0, 7) == 8
    assert np.array_equal(np.concatenate(tensors), z[: BLOCK + 10])


def test_the_numbers_stay_what_they_are():
    """Frozen: whoever changes one of them changes every run that was ever logged."""
    known = {
        "gaussian": [1.269425, 0.63979775, 1.2130663, 0.14584203],
        "rademacher": [-1, -1, -1, -1, 1, -1, -1, 1],
        "uniform": [0.41660821, -0.38137019, -0.73730624, -0.28608763],
        "integer-uniform": [-75, 79, 33, 91],
    }
    for kind, expected in known.items():
        z = np.zeros(len(expected), np.float32)
        DISTRIBUTIONS[kind](seed=1).add_([z], 1.0, 2)
        assert z.tolist() == pytest.approx(expected, rel=1e-6)


def test_uniform_words_are_philox_as_it_is_published():
    """The known answer of Random123 for counter and key zero, whose first word comes out first."""
    words = np.random.Philox(key=0, counter=0)
    words.advance(-1 % 2**256)
    assert hex(words.random_raw()) == "0x16554d9eca36314c"


def test_integers_of_other_widths():
    z = np.zeros(1 << 16, np.float32)
    IntegerUniformSource(width=3).add_([z], 1.0, 0)
    assert set(z) == set(range(-4, 4))
    assert np.bincount(z.astype(int) + 4).min() > 7800


def test_half_precision_rounds_once():
    tensors = [np.full(1000, 0.1, np.float16)]
    GaussianSource().add_(tensors, 1e-3, 0)
    z = np.zeros(1000, np.float32)
    GaussianSource().add_([z], 1.0, 0)
    sums = np.float32(np.float16(0.1)) + z * np.float32(1e-3)
    assert np.array_equal(tensors[0], sums.astype(np.float16))
