"""Rademacher perturbations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .distributions import RandomSource


@dataclass(frozen=True, kw_only=True)
class RademacherSource(RandomSource):
    """-1 or +1, one random bit a number (paper, table 3): of norm sqrt(d) exactly."""

    kind = "rademacher"
    variance = 1.0

    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        words = np.frombuffer(generator.bytes(-(-size // 8)), dtype=np.uint8)
        return 2.0 * np.unpackbits(words, count=size).astype(np.float32) - np.float32(1.0)
