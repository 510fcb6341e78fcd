"""What a lane makes of its random bits: a sum of four uniform words at a place of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ....numbers.fixed_point import FixedPoint
from ..leap_lfsr import LeapLFSR
from ..leap_stream import Bytes, LeapForm
from .alias_table import FARTHEST, INDEX_BITS, THRESHOLD_BITS, places_of

WORDS = 4
WORD_BITS = 8
SUM_BITS = 10
# A place is as far from the next as a word has values, and sigma is four places.
FRAC = WORD_BITS + 2
MANTISSA_BITS = 14
# Of the differences and the draw, of the sum and the place, of the number.
STAGES = 3
# Above the words lies what is compared with a threshold, the column, and the sign.
WORD_PLACE = WORDS * WORD_BITS
COLUMN_PLACE = WORD_PLACE + THRESHOLD_BITS
SIGN_PLACE = COLUMN_PLACE + INDEX_BITS
MOST = FARTHEST * (1 << WORD_BITS) + 2 * ((1 << WORD_BITS) - 1)


def mantissas_of(fresh: Bytes) -> NDArray[np.int16]:
    """The mantissas of 72 random bits each, two of them unused, shape (..., 1).

    Bits 0 ... 31 are four words, whose sum is (w3 - w2) - (w1 - w0); bits 32 ... 63 and column
    64 ... 68 draw a place; bit 69 puts it on the negative side.
    """
    w3, w2, w1, w0 = (fresh[..., -WORDS + index].astype(np.int16) for index in range(WORDS))
    drawn = np.ascontiguousarray(fresh[..., 1:5]).view(">u4")[..., 0]
    columns = fresh[..., 0] & ((1 << INDEX_BITS) - 1)
    places = places_of(columns, drawn) << WORD_BITS
    is_negative = fresh[..., 0] >> INDEX_BITS & 1
    numbers: NDArray[np.int16] = (w3 - w2) - (w1 - w0) + np.where(is_negative, -places, places)
    return numbers[..., None]


FORM = LeapForm(
    # All bits of a cycle are new ones; 2^89 - 1 is prime.
    source=LeapLFSR(width=89, tap=38, leap=72),
    size=1,
    fixed_point=FixedPoint(name="twos-complement", bits=MANTISSA_BITS, frac=FRAC),
    latency=STAGES,
    mantissas_of=mantissas_of,
)
