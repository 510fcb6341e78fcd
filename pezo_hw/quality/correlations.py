"""The strongest correlations between numbers of a perturbation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .spectrum import Matrix

# Below this, relative to the squares, a variance is rounding.
_NOTHING = 1e-12
# As strong as the strongest, but for rounding.
_AS_STRONG = 1e-9


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """A coefficient of correlation, and how many numbers apart those are that have it."""

    value: float
    distance: int


def described(
    lane: Correlation | None, later: Sequence[Correlation | None]
) -> dict[str, float | int | None]:
    """As figures: the strongest within a cycle, and that of all between cycles."""
    known = [found for found in later if found is not None]
    lag = max(known, key=lambda c: (abs(c.value), -c.distance), default=None)
    return {
        "lane_correlation": None if lane is None else lane.value,
        "lag_correlation": None if lag is None else lag.value,
        "lag_distance": None if lag is None else lag.distance,
    }


def strongest_in_a_cycle(
    products: Matrix, means: NDArray[np.float64], squares: NDArray[np.float64]
) -> Correlation | None:
    """The strongest between two different lanes; None where fewer than two vary."""
    found = _correlations(products, means, squares)
    np.fill_diagonal(found, np.nan)
    return _strongest(found, 0)


def strongest_between_cycles(
    later: Sequence[tuple[int, Matrix]],
    lanes: int,
    means: NDArray[np.float64],
    squares: NDArray[np.float64],
) -> list[Correlation | None]:
    """The strongest between any two lanes, for each lag: pairs of cycles and products.

    Parameters
    ----------
    later : sequence of (int, ndarray of shape (W, W))
        Cycles apart, and E of lane i's number times lane j's that much later.
    lanes : int
        W of the stream, by which the distance of two numbers grows every cycle.
    means, squares : ndarray, shape (W,)
        E of each lane's number, and of its square.
    """
    return [
        _strongest(_correlations(products, means, squares), lag * lanes) for lag, products in later
    ]


def _correlations(
    products: Matrix, means: NDArray[np.float64], squares: NDArray[np.float64]
) -> Matrix:
    variances = squares - means**2
    varies = variances > _NOTHING * squares
    deviations = np.sqrt(np.where(varies, variances, np.nan))
    return np.asarray((products - np.outer(means, means)) / np.outer(deviations, deviations))


def _strongest(correlations: Matrix, apart: int) -> Correlation | None:
    """Of several that are equally strong the one of the nearest numbers."""
    strength = np.abs(correlations)
    if not np.isfinite(strength).any():
        return None
    most = float(np.nanmax(strength))
    first, second = np.nonzero(strength >= most * (1.0 - _AS_STRONG))
    distances = second - first + apart
    if not apart:  # of one cycle, each pair stands there twice
        distances = np.abs(distances)
    nearest = int(np.argmin(distances))
    value = float(correlations[first[nearest], second[nearest]])
    return Correlation(value=value, distance=int(distances[nearest]))
