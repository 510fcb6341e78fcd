"""bfloat16 held in uint16, since NumPy has no such type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_QUIET_NAN = np.uint16(0x7FC0)


def round_to_bfloat16(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """The bits of each value's nearest bfloat16, ties to even; any NaN is 0x7FC0.

    The shape, of at least one dimension, is kept.
    """
    bits = values.view(np.uint32)
    rounded = bits >> np.uint32(16)
    rounded &= np.uint32(1)
    rounded += np.uint32(0x7FFF)
    rounded += bits
    rounded >>= np.uint32(16)
    result = rounded.astype(np.uint16)
    result[np.isnan(values)] = _QUIET_NAN
    return result


def widen_bfloat16(bits: NDArray[np.uint16]) -> NDArray[np.float32]:
    """The same numbers as float32, exactly, for a shape of at least one dimension."""
    wide = bits.astype(np.uint32)
    wide <<= np.uint32(16)
    return wide.view(np.float32)
