"""The tree's registers and thresholds, as data.

Source: J. Crols, G. Paim, S. Zhao, M. Verhelst, "TreeGRNG: Binary Tree Gaussian Random Number
Generator for Efficient Probabilistic AI Hardware", DATE 2024; the 8-bit example that comes with it.
The figures are restated here, none of its text is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

SIGN_WIDTH = 8
SIGN_THRESHOLD = 1 << (SIGN_WIDTH - 1)


@dataclass(frozen=True, kw_only=True)
class Level:
    """How one bit of the magnitude is decided.

    Attributes
    ----------
    width : int
        Bits of the level's register; its state R is the level's random number.
    prefix : int
        How many of the bits before it it depends on, the first ones.
    thresholds : sequence of int
        T of each node, by the value of these bits: the bit is R >= T.
    halved : bool
        Whether one more node follows, of probability 1/2: its bit is R's lowest, inverted.
    """

    width: int
    prefix: int
    thresholds: Sequence[int]
    halved: bool = False

    @cached_property
    def outcomes(self) -> NDArray[np.uint8]:
        """The bit for each node and state, shape (2^prefix, 2^width)."""
        states = np.arange(1 << self.width)
        rows = [states >= threshold for threshold in self.thresholds]
        rows += [states & 1 == 0] if self.halved else []
        return np.array(rows, dtype=np.uint8)


# Of bit 6 first, down to bit 0. Probabilities near 1/2 are shared: bit 1 does not depend on bit 2,
# nor bit 0 on bits 3, 2 and 1.
LEVELS = (
    Level(width=9, prefix=0, thresholds=(23,)),
    Level(width=10, prefix=1, thresholds=(59, 292)),
    Level(width=7, prefix=2, thresholds=(19, 29, 41, 56)),
    Level(width=8, prefix=3, thresholds=(72, 79, 86, 93, 101, 108, 116, 124)),
    Level(
        width=9,
        prefix=4,
        thresholds=(
            *(195, 199, 203, 207, 211, 214, 218, 222),
            *(226, 230, 234, 238, 242, 246, 250, 254),
        ),
    ),
    Level(
        width=7,
        prefix=4,
        thresholds=(56, 57, 57, 58, 58, 59, 59, 60, 60, 61, 61, 62, 62, 63, 63),
        halved=True,
    ),
    Level(width=10, prefix=3, thresholds=(481, 486, 486, 494, 494, 502, 507), halved=True),
)
WIDTHS = (SIGN_WIDTH, *(level.width for level in LEVELS))
"""Of a lane's registers: that of bit 7, the sign, first."""


def magnitude_probabilities() -> NDArray[np.float64]:
    """How likely each way down the half tree is, the lowest code first, shape (128,).

    A register is in each of its states equally often, and never in all ones.
    """
    probabilities = np.ones(1)
    for depth, level in enumerate(LEVELS):
        ones = np.repeat(level.outcomes[:, :-1].mean(axis=1), 1 << (depth - level.prefix))
        both = np.stack([probabilities * (1 - ones), probabilities * ones], axis=1)
        probabilities = both.reshape(-1)
    return probabilities
