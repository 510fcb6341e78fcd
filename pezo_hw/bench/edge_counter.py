"""Counts the enabled clock edges since a reset: what every clocked model here is a function of."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


class EdgeCounter:
    """The number of enabled edges since the last reset or power-up; a reset wins over ``en``.

    Attributes
    ----------
    edges : int
        The count now.
    """

    def __init__(self) -> None:
        self.edges = 0

    def run(self, rst: Flags, en: Flags) -> NDArray[np.int64]:
        """The count before each of N edges at which the inputs are ``rst`` and ``en``, (N,)."""
        moved = np.concatenate([[self.edges], np.cumsum(en & ~rst) + self.edges])
        at_reset = np.where(np.concatenate([[False], rst]), moved, 0)
        counts = moved - np.maximum.accumulate(at_reset)
        self.edges = int(counts[-1])
        return counts[:-1]


def spans_between_resets(rst: Flags) -> list[slice]:
    """Slices of cycles within which no reset takes effect, so that no count falls."""
    bounds = [0, *(np.flatnonzero(rst) + 1).tolist(), len(rst)]
    return [slice(a, b) for a, b in pairwise(bounds) if a < b]
