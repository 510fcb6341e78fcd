"""A window of the stream, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Beats:
    """N consecutive cycles of W lanes.

    Attributes
    ----------
    start : int
        The cycle of the first row.
    mantissa : ndarray of int32, shape (N, W)
        The integers at the pins.
    code : ndarray of uint8, shape (N,)
        The exponent code of each cycle; zero where the pins show none (a pool,
        fixed-point output).
    value : ndarray of float32, shape (N, W)
        What they are worth: exact in float64, rounded once to float32.

    Examples
    --------
    >>> import pezo_hw
    >>> window = pezo_hw.load("row-pool").stream().window(90, 3)
    >>> len(window), window.mantissa[:, 0].tolist(), window.value.dtype.name
    (3, [-226, 487, 1387], 'float32')
    """

    start: int
    mantissa: NDArray[np.int32]
    code: NDArray[np.uint8]
    value: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.code)
