"""How the numbers of a bank depend on one another: lane on lane, and each on what comes later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Beyond the noise of the longest sample by far, for two lanes that have nothing in common.
STRONG = 0.1


@dataclass(frozen=True, kw_only=True)
class Dependence:
    """Correlations in a window of a bank; what is strongest has the noise of the window in it.

    Attributes
    ----------
    lanes : float
        The strongest between two lanes in one cycle, by its absolute value; 0 with one lane.
    strong_pairs : int
        How many pairs of lanes have more than `STRONG`.
    lag, lag_of_magnitudes : float
        The strongest between a lane's number, or its magnitude, and that of a later cycle of the
        same lane, with its sign; of all lanes together.
    """

    lanes: float
    strong_pairs: int
    lag: float
    lag_of_magnitudes: float


def dependence_of(values: NDArray[np.floating], *, lags: int = 16) -> Dependence:
    """The correlations of a window.

    Parameters
    ----------
    values : ndarray of float, shape (N, W)
        N cycles of W lanes, N > ``lags``. No lane is constant.
    lags : int
        Up to how many cycles later.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.quality.dependence import dependence_of
    >>> steps = np.array([[1.0], [1.0], [-1.0], [-1.0]] * 100)
    >>> found = dependence_of(np.concatenate([steps, -steps], axis=1), lags=2)
    >>> round(found.lanes, 6), found.strong_pairs, round(found.lag, 6)
    (1.0, 1, -1.0)
    """
    between = np.abs(np.corrcoef(values, rowvar=False, dtype=np.float32).reshape(-1))
    between = between.reshape(values.shape[1], -1)[np.triu_indices(values.shape[1], 1)]
    return Dependence(
        lanes=float(between.max(initial=0)),
        strong_pairs=int(np.count_nonzero(between > STRONG)),
        lag=_strongest_lag(values, lags),
        lag_of_magnitudes=_strongest_lag(np.abs(values), lags),
    )


def _strongest_lag(values: NDArray[np.floating], lags: int) -> float:
    """The strongest correlation of a lane with itself, the mean over all lanes for each lag.

    What never changes, as the magnitudes of signs do, correlates with nothing.
    """
    centred = values - values.mean()
    power = np.vdot(centred, centred) / centred.size or 1.0
    found = [
        float(np.vdot(centred[:-lag], centred[lag:]) / centred[lag:].size / power)
        for lag in range(1, lags + 1)
    ]
    return max(found, key=abs)
