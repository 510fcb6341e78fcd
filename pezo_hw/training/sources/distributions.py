"""Distributions to compare with: independent numbers that a software generator draws."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...checks import integer
from ...fast.scale import Scale, per_tensor
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

    def add_(self, tensors: Sequence[Any], scale: Scale, position: int) -> int:
        position = integer("position", position, 0, _LARGEST_WORD)
        scales = per_tensor(scale, len(tensors))
        key = np.array([self.seed, position], dtype=np.uint64)
        generator = np.random.Generator(np.random.Philox(key=key))
        for tensor, factor in zip(tensors, scales, strict=True):
            add_scaled_(tensor, self.draw(generator, prod(tensor.shape)), factor)
        return position + 1


@dataclass(frozen=True, kw_only=True)
class GaussianSource(RandomSource):
    """N(0, 1): what zeroth-order training normally uses (paper, section 2.1)."""

    kind = "gaussian"
    variance = 1.0

    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        return generator.standard_normal(size, dtype=np.float32)


@dataclass(frozen=True, kw_only=True)
class RademacherSource(RandomSource):
    """-1 or +1, one random bit a number (paper, table 3): of norm sqrt(d) exactly."""

    kind = "rademacher"
    variance = 1.0

    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        words = np.frombuffer(generator.bytes(-(-size // 8)), dtype=np.uint8)
        return 2.0 * np.unpackbits(words, count=size).astype(np.float32) - np.float32(1.0)


@dataclass(frozen=True, kw_only=True)
class UniformSource(RandomSource):
    """U(-1, 1) as it is: of norm about sqrt(d / 3), less than a Gaussian perturbation's."""

    kind = "uniform"
    variance = 1.0 / 3.0

    def draw(self, generator: np.random.Generator, size: int) -> NDArray[np.float32]:
        return 2.0 * generator.random(size, dtype=np.float32) - np.float32(1.0)


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
