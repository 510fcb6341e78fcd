"""The pool of pre-generated numbers: drawn, scaled once, rounded, stored."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..on_the_fly.scale_table import expected_gaussian_norm

if TYPE_CHECKING:
    from .parameters import PreGeneratedParameters


class Pool:
    """q_i = rint(S * u_i * 2^f) with S = E_N / norm of u, as the memory holds it.

    Attributes
    ----------
    mantissas : ndarray of int32, shape (N,)
        q, each in -(2^(b-1) - 1) ... 2^(b-1) - 1.
    frac : int
        f, the largest integer with which they all fit b bits; it may be negative.
    scale : float
        S.
    """

    def __init__(self, parameters: PreGeneratedParameters) -> None:
        uniform = _uniform(parameters)
        self.scale = expected_gaussian_norm(len(uniform)) / math.hypot(*uniform.tolist())
        scaled = self.scale * uniform
        self.frac = _fraction_bits(float(np.abs(scaled).max()), parameters.width)
        self.mantissas = np.rint(np.ldexp(scaled, self.frac)).astype(np.int32)


def _uniform(parameters: PreGeneratedParameters) -> NDArray[np.float64]:
    """u: the user's numbers, or words of PCG64 spread over [-1, 1)."""
    if parameters.values is not None:
        return np.asarray(parameters.values, dtype=np.float64)
    words = np.random.PCG64(parameters.seed or 0).random_raw(parameters.pool)
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0


def _fraction_bits(largest: float, width: int) -> int:
    """The largest f with rint(largest * 2^f) <= 2^(width - 1) - 1."""
    highest = (1 << (width - 1)) - 1
    frac = width + 1 - math.frexp(largest)[1]
    while np.rint(math.ldexp(largest, frac)) > highest:
        frac -= 1
    return frac
