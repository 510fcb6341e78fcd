"""The figures by which sources of random numbers are compared."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..text import NOTHING

NAMES = {
    "mean": "mean",
    "variance": "variance",
    "kurtosis": "kurtosis",
    "cycle_cv_before": "CV of a cycle's norm, before scaling",
    "cycle_cv": "CV of a cycle's norm",
    "norm_cv_before": "CV of the norm, before scaling",
    "norm_cv": "CV of the norm",
    "lane_correlation": "strongest correlation, same cycle",
    "lag_correlation": "strongest correlation, later cycle",
    "lag_distance": "that many numbers apart",
    "participation": "participation ratio",
    "smallest_eigenvalue": "smallest eigenvalue / mean",
    "largest_eigenvalue": "largest eigenvalue / mean",
    "cosine_mean": "cosine with the next, mean",
    "cosine_rms": "cosine with the next, rms",
    "cosine_largest": "cosine with the next, largest",
    "different": "different, one after another",
    "entropy_bytes": "bytes of entropy a step",
}
"""What each figure is called, in the order of a table."""

_MOST_DIGITS = 15


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What perturbations u of d numbers are like; None where a figure does not exist.

    Averages go over the starts of a perturbation (all of them, or a sample) and its d numbers.
    "Before" is before the scale factor of a cycle, after is as the stream gives them.

    Attributes
    ----------
    mean, variance, kurtosis : float
        Of a number; a Gaussian one has kurtosis 3.
    cycle_cv_before, cycle_cv : float
        Coefficient of variation (deviation / mean) of the norm of the W numbers of a cycle.
    norm_cv_before, norm_cv : float
        The same of the norm of u.
    lane_correlation : float
        The strongest between two lanes in the same cycle, with its sign.
    lag_correlation : float
        The strongest between a number and one of a later cycle of the same perturbation, or of the
        next cycle where a perturbation has only one.
    lag_distance : int
        How many numbers those two are apart.
    participation : float
        (sum of eigenvalues)^2 / (sum of their squares) of E[u u^T]: in how many directions u goes.
    smallest_eigenvalue, largest_eigenvalue : float
        Of E[u u^T], in units of their mean.
    cosine_mean, cosine_rms, cosine_largest : float
        Of the angle between a perturbation and the next one; the largest is one of absolute values.
    starts : int
        How many different perturbations of a length there are; None where nothing bounds it.
    different : int
        How many perturbations of this length come, one after another, before the first one
        comes again.
    entropy_bytes : float
        What the choice of one perturbation takes at most: log2 of all the different ones / 8.
    """

    mean: float
    variance: float
    kurtosis: float | None
    cycle_cv_before: float | None
    cycle_cv: float | None
    norm_cv_before: float | None
    norm_cv: float | None
    lane_correlation: float | None
    lag_correlation: float | None
    lag_distance: int | None
    participation: float | None
    smallest_eigenvalue: float | None
    largest_eigenvalue: float | None
    cosine_mean: float | None
    cosine_rms: float | None
    cosine_largest: float | None
    starts: int | None
    different: int | None
    entropy_bytes: float


def variation(lengths_mean: float, squares_mean: float) -> float | None:
    """The coefficient of variation from E of a length and E of its square."""
    if lengths_mean <= 0:
        return None
    return math.sqrt(max(0.0, squares_mean / lengths_mean**2 - 1.0))


def variation_of(squares: NDArray[np.float64]) -> float | None:
    """The coefficient of variation of lengths, from their squares."""
    lengths = np.sqrt(squares)
    mean = float(lengths.mean())
    return float(lengths.std()) / mean if mean > 0 else None


def in_words(figures: Figures, key: str) -> str:
    """A figure of `NAMES`, in four digits."""
    value = getattr(figures, key)
    if key == "different" and figures.starts is None:
        return "no end"
    return number(value)


def number(value: float | None) -> str:
    """A figure of four digits; an integer whole, unless it is one of dozens of digits."""
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return f"{value:,}" if len(str(value)) <= _MOST_DIGITS else f"{float(value):.3g}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.4g}"
