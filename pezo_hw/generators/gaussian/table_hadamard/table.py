"""The table of base samples, and the source of its addresses, as data.

Source of the method: D. B. Thomas, "Parallel Generation of Gaussian Random Numbers Using the
Table-Hadamard Transform", FCCM 2013. The table is the project's own.
"""

from __future__ import annotations

import numpy as np

from ..leap_lfsr import LeapLFSR

# Samples that are transformed together.
SIZE = 16
STAGES = SIZE.bit_length() - 1
# A random word: a sign above an index into the table.
INDEX_BITS = 6
WORD_BITS = INDEX_BITS + 1
# Of the table; a base sample is halfway between two of its steps, an odd multiple of 2^-6. Its
# standard deviation is 1, so that of a sum of 16 is 4.
TABLE_FRAC = 5
FRAC = TABLE_FRAC + STAGES // 2

# T for samples of (T + 1/2) * 2^-5. The midpoint quantiles q of 64 equal parts of the positive half
# of N(0, 1), times 0.98234544 + 0.00795437 q^2 so that variance and kurtosis are those of N(0, 1)
# in spite of the midpoints; rounded; then five entries one off, so that the variance is 1 again.
MAGNITUDES = (
    *(0, 0, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 7, 8, 9, 9),
    *(10, 11, 11, 12, 12, 13, 14, 14, 15, 16, 17, 17, 18, 19, 20, 20),
    *(21, 22, 23, 24, 25, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35),
    *(37, 38, 39, 41, 42, 44, 46, 47, 50, 52, 55, 58, 62, 66, 74, 88),
)
SAMPLE_BITS = max(MAGNITUDES).bit_length() + 1
# 2T + 1 by the random word, and its negative where the sign bit is set.
ODD_SAMPLES = np.array(
    [sign * (2 * magnitude + 1) for sign in (1, -1) for magnitude in MAGNITUDES], dtype=np.int16
)
# Of a sum of all of them.
MANTISSA_BITS = SAMPLE_BITS + STAGES

# 112 new bits a cycle are the words of one transform; 2^127 - 1 is prime.
SOURCE = LeapLFSR(width=127, tap=63, leap=SIZE * WORD_BITS)
