"""Where the registers of every lane start, derived from one number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def start_states(seed: int, lanes: int, widths: Sequence[int]) -> NDArray[np.int64]:
    """The states of each lane's registers at cycle 0, shape (lanes, registers).

    Word after word of PCG64's raw output, lane 0 first and within a lane in the order of the
    widths; a word w gives w mod (2^width - 1), which is any state but the all ones in which a
    register with XNOR feedback would stay. numpy guarantees these words for a seed for ever.
    """
    words = np.random.PCG64(seed).random_raw(lanes * len(widths)).reshape(lanes, len(widths))
    periods = np.array([(1 << width) - 1 for width in widths], dtype=np.uint64)
    return (words % periods).astype(np.int64)


def wide_start_states(seed: int, count: int, width: int) -> list[int]:
    """The state at cycle 0 of each of ``count`` registers of up to 128 bits.

    Two words w and v of PCG64's raw output each, first w: (w + 2^64 * v) mod (2^width - 1).
    """
    words = np.random.PCG64(seed).random_raw(2 * count).tolist()
    pairs = zip(words[::2], words[1::2], strict=True)
    return [(low | high << 64) % ((1 << width) - 1) for low, high in pairs]
