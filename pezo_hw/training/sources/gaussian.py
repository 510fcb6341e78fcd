"""Gaussian perturbations, as in MeZO."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .distributions import RandomSource


@dataclass(frozen=True, kw_only=True)
class GaussianSource(RandomSource):
    """N(0, 1): what zeroth-order training normally uses (paper, section 2.1)."""

    kind = "gaussian"
    variance = 1.0

    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        return generator.standard_normal(size, dtype=np.float32)
