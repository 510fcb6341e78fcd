"""Distributions to compare with: independent numbers that a software generator draws."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar

from ...checks import integer
from ...fast.perturb import pieces_of
from ...fast.scale import Scale
from ...fast.weights import Weights, listed
from .drawn import Distribution, DrawnNumbers, gaussian, integers, rademacher, uniform

_LARGEST_WORD = (1 << 64) - 1


@dataclass(frozen=True, kw_only=True)
class RandomSource(ABC):
    """A `PerturbationSource` of independent numbers: perturbation p comes from key (seed, p).

    Philox is counter-based, so that every pair of words is a generator of its own and any position
    costs the same. The tensors of a perturbation take their numbers one after another, in blocks:
    the whole perturbation never exists.

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
    distribution : Distribution
        How its numbers are drawn.
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

    @property
    @abstractmethod
    def distribution(self) -> Distribution: ...

    def add_(self, tensors: Sequence[Any], scale: Scale, position: int) -> int:
        position = integer("position", position, 0, _LARGEST_WORD)
        numbers = DrawnNumbers(self.distribution, (self.seed, position))
        weights = [Weights.of(tensor) for tensor in listed(tensors)]
        firsts = [0, *accumulate(one.size for one in weights)]
        for piece in pieces_of(weights, scale, numbers, firsts):
            piece.add(piece.weights, piece.weights)
        return position + 1


@dataclass(frozen=True, kw_only=True)
class GaussianSource(RandomSource):
    """N(0, 1): what zeroth-order training normally uses (paper, section 2.1)."""

    kind = "gaussian"
    variance = 1.0
    distribution = Distribution(bits=16, shape=gaussian)


@dataclass(frozen=True, kw_only=True)
class RademacherSource(RandomSource):
    """-1 or +1, one random bit a number (paper, table 3): of norm sqrt(d) exactly."""

    kind = "rademacher"
    variance = 1.0
    distribution = Distribution(bits=1, shape=rademacher)


@dataclass(frozen=True, kw_only=True)
class UniformSource(RandomSource):
    """U(-1, 1) as it is: of norm about sqrt(d / 3), less than a Gaussian perturbation's."""

    kind = "uniform"
    variance = 1.0 / 3.0
    distribution = Distribution(bits=32, shape=uniform)


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

    @property
    def distribution(self) -> Distribution:
        return Distribution(bits=32, shape=integers(self.width))
