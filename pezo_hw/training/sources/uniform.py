"""Uniform perturbations whose norm nobody scales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .distributions import RandomSource


@dataclass(frozen=True, kw_only=True)
class UniformSource(RandomSource):
    """U(-1, 1) as it is: of norm about sqrt(d / 3), less than a Gaussian perturbation's."""

    kind = "uniform"
    variance = 1.0 / 3.0

    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        return 2.0 * generator.random(size, dtype=np.float32) - np.float32(1.0)
