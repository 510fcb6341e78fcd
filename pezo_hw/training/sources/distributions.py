"""Perturbations that a software generator draws, position by position."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...checks import integer, real
from ..tensors import add_scaled_

_LARGEST_WORD = (1 << 64) - 1


@dataclass(frozen=True, kw_only=True)
class RandomSource(ABC):
    """A `PerturbationSource` of independent numbers: perturbation p comes from key (seed, p).

    Philox is counter-based, so that every pair of words is a generator of its own and any position
    costs the same. The tensors of a perturbation take their numbers one after another.

    The numbers are those of one version of NumPy, which may draw others in the next
    (its policy, NEP 19); the streams of this project never change.

    Parameters
    ----------
    seed : int
        0 to 2^64 - 1.

    Attributes
    ----------
    kind : str
        What the distribution is called.
    variance : float
        Of one number; its mean is 0, or next to it.
    """

    seed: int = 0

    kind: ClassVar[str]

    def __post_init__(self) -> None:
        integer("seed", self.seed, 0, _LARGEST_WORD)

    @property
    def name(self) -> str:
        """The distribution, and the seed unless it is 0."""
        return self.kind if self.seed == 0 else f"{self.kind}, seed {self.seed}"

    @property
    @abstractmethod
    def variance(self) -> float: ...

    @abstractmethod
    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        """``size`` numbers, shape (size,)."""

    def add_(self, tensors: Sequence[Any], scale: float, position: int) -> int:
        position = integer("position", position, 0, _LARGEST_WORD)
        scale = real("scale", scale)
        key = np.array([self.seed, position], dtype=np.uint64)
        generator = np.random.Generator(np.random.Philox(key=key))
        for tensor in tensors:
            add_scaled_(tensor, self.draw(generator, prod(tensor.shape)), scale)
        return position + 1
