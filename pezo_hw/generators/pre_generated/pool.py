"""The pool of pre-generated numbers: drawn, scaled once, rounded, stored."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...numbers.perturbation import expected_gaussian_norm


class Pool:
    """q_i = rint(S * u_i * 2^f) with S = E_N / norm of u, as the memory holds it.

    Parameters
    ----------
    count : int
        N.
    width : int
        b, the bits of a stored number.
    seed : int
        Of the numbers that are drawn, where there are no values.
    values : sequence of float, optional
        The user's own N numbers in (-1, 1).

    Attributes
    ----------
    mantissas : ndarray of int32, shape (N,)
        q, each in -(2^(b-1) - 1) ... 2^(b-1) - 1.
    frac : int
        f, the largest integer with which they all fit b bits; it may be negative.
    scale : float
        S.

    Examples
    --------
    >>> from pezo_hw.generators.pre_generated.pool import Pool
    >>> pool = Pool(count=4, width=8, values=[0.5, -0.5, 0.25, 0.125])
    >>> pool.mantissas.tolist(), pool.frac, round(pool.scale, 3)
    ([79, -79, 40, 20], 6, 2.473)
    """

    def __init__(
        self, *, count: int, width: int, seed: int = 0, values: Sequence[float] | None = None
    ) -> None:
        uniform = _uniform(count, seed) if values is None else np.asarray(values, dtype=np.float64)
        self.scale = expected_gaussian_norm(len(uniform)) / math.hypot(*uniform.tolist())
        scaled = self.scale * uniform
        self.frac = _fraction_bits(float(np.abs(scaled).max()), width)
        self.mantissas = np.rint(np.ldexp(scaled, self.frac)).astype(np.int32)


def _uniform(count: int, seed: int) -> NDArray[np.float64]:
    """u: words of PCG64 spread over [-1, 1)."""
    words = np.random.PCG64(seed).random_raw(count)
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0


def _fraction_bits(largest: float, width: int) -> int:
    """The largest f with rint(largest * 2^f) <= 2^(width - 1) - 1."""
    highest = (1 << (width - 1)) - 1
    frac = width + 1 - math.frexp(largest)[1]
    while np.rint(math.ldexp(largest, frac)) > highest:
        frac -= 1
    return frac
