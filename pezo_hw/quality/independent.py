"""What independent numbers would give, by formula."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ..numbers.perturbation import expected_gaussian_norm
from .figures import Figures, variation

_LOWEST, _HIGHEST, _POINTS = -80.0, 80.0, 20_001
_SMALL = 1e-5
_UNIFORM_KURTOSIS, _GAUSSIAN_KURTOSIS = 1.8, 3.0


def gaussian_figures(length: int, lanes: int, unit: float, samples: int | None = None) -> Figures:
    """Standard Gaussian numbers; their entropy is that of numbers rounded to steps of ``unit``.

    Parameters
    ----------
    length : int
        d.
    lanes : int
        W, of whose numbers ``cycle_cv`` is.
    unit : float
        The distance of neighbouring values, on which the entropy depends.
    samples : int, optional
        Of how many perturbations eigenvalues and the largest correlations are; without, of all.
    """
    entropy = 0.5 * math.log2(2 * math.pi * math.e) - math.log2(unit)
    return _figures(
        length,
        lanes,
        kurtosis=_GAUSSIAN_KURTOSIS,
        norm=expected_gaussian_norm,
        bits=max(0.0, entropy),
        samples=samples,
    )


def uniform_figures(length: int, lanes: int, unit: float, samples: int | None = None) -> Figures:
    """As `gaussian_figures`, of numbers spread over an interval and of variance 1."""
    return _figures(
        length,
        lanes,
        kurtosis=_UNIFORM_KURTOSIS,
        norm=expected_uniform_norm,
        bits=max(0.0, math.log2(2 * math.sqrt(3) / unit)),
        samples=samples,
    )


def _figures(
    length: int,
    lanes: int,
    *,
    kurtosis: float,
    norm: Callable[[int], float],
    bits: float,
    samples: int | None,
) -> Figures:
    of_cycle, of_norm = (variation(norm(count), float(count)) for count in (lanes, length))
    smallest, largest = edges(length, samples)
    return Figures(
        mean=0.0,
        variance=1.0,
        kurtosis=kurtosis,
        cycle_cv_before=of_cycle,
        cycle_cv=of_cycle,
        norm_cv_before=of_norm,
        norm_cv=of_norm,
        lane_correlation=0.0,
        lag_correlation=0.0,
        lag_distance=None,
        participation=float(length),
        smallest_eigenvalue=smallest,
        largest_eigenvalue=largest,
        cosine_mean=0.0,
        # E of (u v)^2 / (|u|^2 |v|^2): where signs are free only squares are left, 1 / d together.
        cosine_rms=1.0 / math.sqrt(length),
        cosine_largest=None,
        starts=None,
        different=None,
        entropy_bytes=length * bits / 8,
    )


def edges(length: int, samples: int | None) -> tuple[float, float]:
    """The smallest and the largest eigenvalue of E[u u^T], or of the mean over so many samples.

    The latter are the ends of Marchenko's and Pastur's law, (1 -+ sqrt(d / N))^2.
    """
    if samples is None:
        return 1.0, 1.0
    share = math.sqrt(length / samples)
    return max(0.0, 1.0 - share) ** 2, (1.0 + share) ** 2


def expected_uniform_norm(dimension: int) -> float:
    """E of the norm of so many independent numbers, uniform and of variance 1.

    With S the sum of their squares and L its Laplace transform, E sqrt(S) is the integral of
    (1 - L(s)) s^(-3/2) ds / (2 sqrt(pi)) from 0 to infinity. In y = log s the integrand falls off
    exponentially on both sides, where the trapezoidal rule converges faster than any power.
    """
    y = np.linspace(_LOWEST, _HIGHEST, _POINTS)
    s = np.exp(y)
    root = np.sqrt(3.0 * s)
    error_function = np.array([math.erf(x) for x in root.tolist()])
    # Of one number: E exp(-s x^2) over [-sqrt(3), sqrt(3)]; by its series where s is small.
    log_one = np.where(
        s < _SMALL, 0.4 * s**2 - s, np.log(math.sqrt(math.pi) / 2 * error_function / root)
    )
    integrand = -np.expm1(dimension * log_one) / np.sqrt(s)
    step = y[1] - y[0]
    return float(step * integrand.sum() / (2 * math.sqrt(math.pi)))
