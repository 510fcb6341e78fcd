"""What a perturbation source is, for everything that trains with one, and what it is known by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

import numpy as np

from ..config import Config
from ..fast.scale import Scale

if TYPE_CHECKING:
    from ..fast.exact import ExactPerturbation
    from ..fast.exact_update import ExactUpdate


class PerturbationSource(Protocol):
    """Perturbations by position, with no state of their own.

    A perturbation is known by the position at which it starts; the same position gives the same
    numbers, bit for bit, as often as it is asked for. Whoever trains keeps the position.
    """

    @property
    def name(self) -> str:
        """What reports call it."""
        ...

    def add_(self, tensors: Sequence[Any], scale: Scale, position: int) -> int:
        """W += scale * z for every tensor in place, z the perturbation at the position.

        Parameters
        ----------
        tensors : sequence of numpy.ndarray or torch.Tensor
            Floating-point; arrays are contiguous, and tensors of PyTorch go in logical order. Each
            starts where the source's definition says.
        scale : float or list of float
            Factor of z; a list, one for each tensor, only where groups differ in rate or epsilon.
        position : int
            At least 0; 0 is the first perturbation's.

        Returns
        -------
        int
            Where the perturbation after this one starts.
        """
        ...


class ExactSource(PerturbationSource, Protocol):
    """A source whose perturbations can be taken back bit for bit."""

    def exact(self, tensors: Sequence[Any], scale: Scale, position: int) -> ExactPerturbation:
        """The perturbation of `add_` as an object that moves the weights and restores them."""
        ...

    def exact_update(
        self, tensors: Sequence[Any], terms: Sequence[tuple[Scale, int]], keeps: Sequence[float]
    ) -> ExactUpdate:
        """Of w: keep * w + the sum of scale * z over the terms (scale, position), or w again."""
        ...


def is_exact(source: PerturbationSource) -> TypeGuard[ExactSource]:
    """Whether a source is an `ExactSource`."""
    return hasattr(source, "exact") and hasattr(source, "exact_update")


def fingerprint_of(source: PerturbationSource) -> str:
    """What a checkpoint knows a source by.

    A source may have a ``fingerprint`` of its own, the same for the same numbers at all positions.
    One that has none is known by its name and by the numbers with which its first two perturbations
    start.
    """
    own = getattr(source, "fingerprint", None)
    return str(own) if own is not None else hash_of(source.name, *first_numbers(source))


def first_numbers(source: PerturbationSource) -> list[bytes]:
    """The first 256 numbers of the perturbations at position 0 and after it."""
    position, found = 0, []
    for _ in range(2):
        numbers = np.zeros(256, np.float32)
        position = source.add_([numbers], 1.0, position)
        found.append(numbers.astype("<f4").tobytes())
    return found


def fingerprint_of_stream(config: Config) -> str:
    """Of everything that decides the numbers of a configuration's stream, and of nothing else.

    Taps, seeds and defaults are resolved. A pool is its stored numbers, wherever they come from.
    """
    return hash_of(config.generator.strategy, *config.generator.content())


def hash_of(*parts: str | bytes) -> str:
    """A short name for content: 32 hexadecimal digits of its SHA-256."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "little") + content)
    return digest.hexdigest()[:32]
