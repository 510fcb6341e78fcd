"""What a perturbation source is, for everything that trains with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

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

    def add_(self, tensors: Sequence[Any], scale: float, position: int) -> int:
        """W += scale * z for every tensor in place, z the perturbation at the position.

        Parameters
        ----------
        tensors : sequence of numpy.ndarray or torch.Tensor
            Floating-point, contiguous; each starts where the source's definition says.
        scale : float
            Factor of z.
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

    def exact(self, tensors: Sequence[Any], scale: float, position: int) -> ExactPerturbation:
        """The perturbation of `add_` as an object that moves the weights and restores them."""
        ...

    def exact_update(
        self, tensors: Sequence[Any], terms: Sequence[tuple[float, int]], keeps: Sequence[float]
    ) -> ExactUpdate:
        """Of w: keep * w + the sum of scale * z over the terms (scale, position), or w again."""
        ...


def is_exact(source: PerturbationSource) -> TypeGuard[ExactSource]:
    """Whether a source is an `ExactSource`."""
    return hasattr(source, "exact") and hasattr(source, "exact_update")
