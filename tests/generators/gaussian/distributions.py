"""How well numbers have the distribution that is said of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pezo_hw.numbers.stream import Stream


def fit(stream: Stream, values: NDArray[np.float64], probabilities: NDArray[np.float64]) -> float:
    """The p-value of chi squared, in bins of an eighth of a sigma, of 50,000 cycles.

    Parameters
    ----------
    stream : Stream
        Of variance 1.
    values, probabilities : ndarray
        Every value that a number can have, and how likely it is.
    """
    edges = np.arange(-3 * 8, 3 * 8 + 1) / 8
    expected = np.bincount(np.searchsorted(edges, values, "right"), probabilities)
    shown = np.searchsorted(edges, stream.values(0, 50_000).reshape(-1), "right")
    found = np.bincount(shown, minlength=len(expected))
    return float(stats.chisquare(found, expected * found.sum()).pvalue)
