"""How often a number has each of its values, and how far that is from the normal distribution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """The values that a number takes, and the probability of each.

    Attributes
    ----------
    values : ndarray of float64, shape (N,)
        Rising.
    probabilities : ndarray of float64, shape (N,)
        Their sum is 1.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.numbers.distribution import Distribution
    >>> coin = Distribution(values=np.array([-1.0, 1.0]), probabilities=np.array([0.5, 0.5]))
    >>> coin.variance, coin.kurtosis, round(coin.distance, 3), coin.beyond(1)
    (1.0, 1.0, 0.341, 0.5)
    """

    values: NDArray[np.float64]
    probabilities: NDArray[np.float64]

    @classmethod
    def of_steps(cls, probabilities: NDArray[np.float64], frac: int) -> Distribution:
        """Of the mantissas -N ... N, worth 2^-frac each; what never occurs is left out."""
        most = len(probabilities) // 2
        occurs = probabilities > 0
        values = np.ldexp(np.arange(-most, most + 1).astype(np.float64), -frac)
        return cls(values=values[occurs], probabilities=probabilities[occurs])

    @classmethod
    def of_numbers(cls, numbers: NDArray[np.floating]) -> Distribution:
        """Of numbers that are all there are, each as likely as any other."""
        values, counts = np.unique(numbers.astype(np.float64), return_counts=True)
        return cls(values=values, probabilities=counts / counts.sum())

    @property
    def mean(self) -> float:
        """Of a number."""
        return float(self.probabilities @ self.values)

    @property
    def variance(self) -> float:
        """Of a number."""
        return float(self.probabilities @ (self.values - self.mean) ** 2)

    @property
    def kurtosis(self) -> float:
        """Of a number; a normal one has 3."""
        return float(self.probabilities @ (self.values - self.mean) ** 4) / self.variance**2

    @cached_property
    def cumulated(self) -> NDArray[np.float64]:
        """The probability of a number up to each value."""
        return np.cumsum(self.probabilities)

    @property
    def distance(self) -> float:
        """The Kolmogorov-Smirnov distance from N(0, 1), half a step of the values included."""
        normal = normal_cumulated(self.values)
        before = self.cumulated - self.probabilities
        return float(max(abs(self.cumulated - normal).max(), abs(before - normal).max()))

    @property
    def errors(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The middles between neighbours, and how far the distribution is from N(0, 1) there."""
        middles = (self.values[1:] + self.values[:-1]) / 2
        return middles, abs(self.cumulated[:-1] - normal_cumulated(middles))

    def beyond(self, bound: float) -> float:
        """The probability of a larger magnitude; of what lies on the bound half counts."""
        magnitudes = abs(self.values)
        outside = self.probabilities[magnitudes > bound].sum()
        return float(outside + self.probabilities[magnitudes == bound].sum() / 2)


def normal_cumulated(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that a number of N(0, 1) is below each value."""
    return np.array([math.erfc(-value / math.sqrt(2)) / 2 for value in values.tolist()])


def normal_beyond(bound: float) -> float:
    """The probability that a number of N(0, 1) has a larger magnitude."""
    return math.erfc(bound / math.sqrt(2))


def sum_of(terms: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The probabilities of a sum of independent terms, each with its own, in the same steps."""
    return reduce(np.convolve, terms)
