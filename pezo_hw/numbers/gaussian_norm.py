"""How long a vector of independent Gaussian numbers is."""

from __future__ import annotations

import math


def expected_gaussian_norm(dimension: int) -> float:
    """E of the norm of ``dimension`` standard Gaussian numbers (paper, equation 5), in float64."""
    upper, lower = math.lgamma((dimension + 1) / 2), math.lgamma(dimension / 2)
    return math.exp(0.5 * math.log(2) + upper - lower)
