"""The alias table that draws the place of a sum, as data.

Source of the method: D. B. Thomas, "FPGA Gaussian Random Number Generators with Guaranteed
Statistical Accuracy", FCCM 2014. The table is the project's own.

Place k = 0 ... 31 has the weight (2, but 1 for k = 0) * exp(-k^2 / (2 v)) in units that make their
sum 2^37, rounded. v = 16 - 21845 / 65536 is the variance of N(0, 1) less that of the sum, in units
of the distance between places. Vose's algorithm makes 32 columns of 2^32 of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

INDEX_BITS = 5
THRESHOLD_BITS = 32

# Column n gives n if a random word of 32 bits is below the threshold, else the alternate.
THRESHOLDS = (
    *(0, 801315836, 2960683704, 46708741, 733291789, 1286914748, 1696542816, 1504646873),
    *(3593289736, 2088644161, 1138979113, 582701517, 279676272, 125934343, 53200023, 21084269),
    *(7839428, 2734571, 894897, 274749, 79137, 21385, 5421, 1289),
    *(288, 60, 12, 2, 0, 0, 0, 0),
)
ALTERNATES = (
    *(0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0, 1, 1, 1, 1, 1),
    *(1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7),
)
# The farthest place that is ever drawn.
FARTHEST = max(k for k, threshold in enumerate(THRESHOLDS) if threshold)


def places_of(columns: NDArray[np.integer], words: NDArray[np.integer]) -> NDArray[np.int16]:
    """The place that a column and a word of 32 bits draw, each of the same shape."""
    thresholds = np.array(THRESHOLDS, dtype=np.uint32)
    alternates = np.array(ALTERNATES, dtype=np.int16)
    return np.where(words < thresholds[columns], columns, alternates[columns]).astype(np.int16)


def place_probabilities() -> NDArray[np.float64]:
    """How likely each place is, shape (32,)."""
    column = 1 << THRESHOLD_BITS
    drawn = np.array(THRESHOLDS, dtype=np.float64)
    np.add.at(drawn, list(ALTERNATES), column - np.array(THRESHOLDS, dtype=np.float64))
    return drawn / (column << INDEX_BITS)
