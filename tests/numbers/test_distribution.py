"""Distances and moments against SciPy's, by numbers that are easily written down."""

import numpy as np
import pytest
from scipy import stats

from pezo_hw.generators.gaussian.kinds import KINDS
from pezo_hw.numbers.distribution import (
    Distribution,
    normal_beyond,
    normal_cumulated,
    sum_of,
)

NUMBERS = np.random.default_rng(3).integers(-40, 60, 5000) / 16


def test_figures_are_scipys():
    own = Distribution.of_numbers(NUMBERS)
    assert own.mean == pytest.approx(NUMBERS.mean())
    assert own.variance == pytest.approx(NUMBERS.var())
    assert own.kurtosis == pytest.approx(stats.kurtosis(NUMBERS, fisher=False))
    assert own.distance == pytest.approx(stats.kstest(NUMBERS, "norm").statistic)


def test_the_error_between_steps():
    middles, errors = Distribution.of_numbers(np.array([-1.0, 0.0, 0.0, 1.0])).errors
    assert middles.tolist() == [-0.5, 0.5]
    assert errors == pytest.approx([stats.norm.cdf(-0.5) - 0.25] * 2)


def test_half_of_what_lies_on_a_bound_is_beyond_it():
    own = Distribution.of_numbers(np.array([-2.0, -1.0, 1.0, 2.0]))
    assert [own.beyond(bound) for bound in (0.5, 1, 1.5, 2, 3)] == [1, 0.75, 0.5, 0.25, 0]


def test_the_normal_distribution_is_scipys():
    values = np.linspace(-9, 9, 31)
    assert normal_cumulated(values) == pytest.approx(stats.norm.cdf(values), rel=1e-12)
    assert normal_beyond(5) == pytest.approx(2 * stats.norm.sf(5), rel=1e-12)


def test_a_sum_of_two_dice():
    assert sum_of([np.full(6, 1 / 6)] * 2) * 36 == pytest.approx([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1])


def test_what_each_kind_says_is_what_it_shows():
    """In eight bins that are about as likely, of 10^5 numbers of as many lanes' first cycles."""
    for kind in KINDS.values():
        bank = kind(lanes=10_000, seed=5)
        said = bank.distribution()
        assert said.probabilities.sum() == pytest.approx(1)
        edges = np.array([-1.15, -0.674, -0.318, 0.001, 0.319, 0.675, 1.151])
        shown = np.searchsorted(edges, bank.stream().values(0, 10).reshape(-1))
        expected = np.bincount(np.searchsorted(edges, said.values), said.probabilities)
        # Cycles of a tree depend on one another: a tenth of them counts.
        found = np.bincount(shown) / 10
        assert stats.chisquare(found, expected * found.sum()).pvalue > 1e-3, kind.name
