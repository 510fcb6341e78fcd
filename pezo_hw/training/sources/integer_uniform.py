"""The integers of an uniform generator, which nobody scales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...checks import integer
from .distributions import RandomSource


@dataclass(frozen=True, kw_only=True)
class IntegerUniformSource(RandomSource):
    """Every b-bit two's complement integer alike: what a bare LFSR puts out.

    The paper names "the large integers in originally generated uniform random numbers" as what
    makes training collapse (section 3.2). Their norm is about 2^b sqrt(d / 12).

    Parameters
    ----------
    width : int
        b, 2 to 24, so that a float32 holds every integer.
    """

    width: int = 8

    kind = "integer-uniform"

    def __post_init__(self) -> None:
        super().__post_init__()
        integer("width", self.width, 2, 24)

    @property
    def name(self) -> str:
        """As of every random source, with the width unless it is 8."""
        return super().name if self.width == 8 else f"{super().name}, {self.width} bits"

    @property
    def variance(self) -> float:
        return (4.0**self.width - 1.0) / 12.0

    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        half = 1 << (self.width - 1)
        return generator.integers(-half, half, size, dtype=np.int32).astype(np.float32)
