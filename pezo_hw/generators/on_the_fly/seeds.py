"""Distinct non-zero seeds for a bank, derived from one number."""

from __future__ import annotations

import numpy as np


def derive_seeds(seed: int, width: int, count: int) -> tuple[int, ...]:
    """The first ``count`` distinct candidates of PCG64's raw 64-bit words, in order.

    A word w gives the candidate (w mod (2^width - 1)) + 1, so every seed lies in 1 ... 2^width - 1.
    ``count`` must not exceed 2^width - 1. numpy guarantees the raw words of PCG64 for a seed for
    ever, so the seeds are as stable as that.
    """
    generator = np.random.PCG64(seed)
    period = (1 << width) - 1
    seeds: dict[int, None] = {}
    while len(seeds) < count:
        for word in generator.random_raw(count).tolist():
            seeds.setdefault(word % period + 1)
    return tuple(seeds)[:count]
