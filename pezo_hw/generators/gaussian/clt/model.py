"""What a lane makes of its random bits: a sum of twelve uniform words.

The textbooks' sum of twelve uniform numbers, whose variance is 1; as hardware a tree of pipelined
adders over the bits of a linear generator, as in A. Greig's open one. Half of the words are
subtracted, so that the mean is 0 and no constant is needed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ....numbers.fixed_point import FixedPoint
from ..leap_lfsr import LeapLFSR
from ..leap_stream import Bytes, LeapForm

WORDS = 12
WORD_BITS = 8
# Of the six differences, the three sums of two, and the sum of three in two steps.
STAGES = 4
# The variance of a word is (2^16 - 1) / 12: twelve of them have nearly 2^16.
FRAC = WORD_BITS
# +-6 * 255.
MANTISSA_BITS = 12


def mantissas_of(fresh: Bytes) -> NDArray[np.int16]:
    """Words 0, 2, ... less words 1, 3, ..., of 96 random bits, shape (..., 1).

    Word i are bits 8i ... 8i + 7.
    """
    words = fresh[..., ::-1].astype(np.int16)
    pairs = words.reshape(*words.shape[:-1], WORDS // 2, 2)
    differences = pairs[..., 0] - pairs[..., 1]
    sums: NDArray[np.int16] = differences.sum(axis=-1, keepdims=True, dtype=np.int16)
    return sums


FORM = LeapForm(
    # All bits of a cycle are new ones; 2^127 - 1 is prime.
    source=LeapLFSR(width=127, tap=63, leap=WORDS * WORD_BITS),
    size=1,
    fixed_point=FixedPoint(name="twos-complement", bits=MANTISSA_BITS, frac=FRAC),
    latency=STAGES,
    mantissas_of=mantissas_of,
)
