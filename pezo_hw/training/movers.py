"""What a step does to the weights, and how it is taken back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..fast.exact import ExactPerturbation
from ..fast.exact_update import ExactUpdate
from ..fast.scale import Scale, times
from .source import ExactSource, PerturbationSource, is_exact
from .tensors import Snapshot, multiply_


class SideLosses(NamedTuple):
    """L(w + epsilon z), L(w - epsilon z) or None, and where the perturbation after z starts."""

    plus: float
    minus: float | None
    following: int


class Mover(ABC):
    """Moves the weights of one step; nobody else does.

    Any method may be cut short at any instruction, `restore` included; then `restore` leads back
    to the bits that the weights had when the mover was made.
    """

    @abstractmethod
    def losses(
        self, loss: Callable[[], float], epsilon: Scale, position: int, *, both: bool
    ) -> SideLosses:
        """Evaluates the loss on one side of the weights or both; they are back afterwards.

        Parameters
        ----------
        loss : callable
            L of the weights as they stand; called once or twice.
        epsilon : float or list of float
            Above 0; of each weight where they differ.
        position : int
            Which z; the source is asked for the same one again instead of storing it.
        both : bool
            Whether L(w - epsilon z) is asked for as well.
        """

    @abstractmethod
    def update(self, terms: Sequence[tuple[Scale, int]], keeps: Sequence[float]) -> int:
        """Makes every weight keep * w + the sum of scale * z over the terms (scale, position).

        Returns how many weights have other bits than before.
        """

    @abstractmethod
    def restore(self) -> None:
        """Brings the weights back to where they were before the step."""


class ExactMover(Mover):
    """Keeps only what the way back would miss, as `ExactPerturbation` does."""

    def __init__(self, tensors: Sequence[Any], source: ExactSource) -> None:
        self._tensors = tensors
        self._source = source
        self._under_way: ExactPerturbation | ExactUpdate | None = None

    def losses(
        self, loss: Callable[[], float], epsilon: Scale, position: int, *, both: bool
    ) -> SideLosses:
        perturbation = self._source.exact(self._tensors, epsilon, position)
        self._under_way = perturbation
        perturbation.plus()
        plus, minus = loss(), None
        if both:
            perturbation.minus()
            minus = loss()
        perturbation.restore()
        return SideLosses(plus, minus, perturbation.following)

    def update(self, terms: Sequence[tuple[Scale, int]], keeps: Sequence[float]) -> int:
        update = self._source.exact_update(self._tensors, terms, keeps)
        self._under_way = update
        update.apply()
        return update.changed_count

    def restore(self) -> None:
        if self._under_way is not None:
            self._under_way.restore()


class CopyingMover(Mover):
    """Keeps a copy of the weights for the step, which any source can be used with.

    Parameters
    ----------
    tensors : sequence of numpy.ndarray or torch.Tensor
        The weights.
    source : PerturbationSource
        Where z comes from.
    exact : bool
        Whether both sides are computed from the weights themselves, and these come back from the
        copy; else MeZO's way, +1, -2, +1 times epsilon z, which may leave them a few last bits
        away. The copy is then for what cuts the step short.
    """

    def __init__(self, tensors: Sequence[Any], source: PerturbationSource, *, exact: bool) -> None:
        self._tensors = tensors
        self._source = source
        self._exact = exact
        self._before = Snapshot(tensors)

    def losses(
        self, loss: Callable[[], float], epsilon: Scale, position: int, *, both: bool
    ) -> SideLosses:
        following = self._add(epsilon, position)
        plus = loss()
        if not both:
            self._return(times(-1, epsilon), position)
            return SideLosses(plus, None, following)
        if self._exact:
            self.restore()
        self._add(times(-1 if self._exact else -2, epsilon), position)
        minus = loss()
        self._return(epsilon, position)
        return SideLosses(plus, minus, following)

    def update(self, terms: Sequence[tuple[Scale, int]], keeps: Sequence[float]) -> int:
        for tensor, keep in zip(self._tensors, keeps, strict=True):
            if keep != 1.0:
                multiply_(tensor, keep)
        for scale, position in terms:
            self._add(scale, position)
        return self._before.count_changed()

    def restore(self) -> None:
        self._before.restore()

    def _return(self, scale: Scale, position: int) -> None:
        """The way back: out of the copy, or MeZO's."""
        if self._exact:
            self.restore()
        else:
            self._add(scale, position)

    def _add(self, scale: Scale, position: int) -> int:
        return self._source.add_(self._tensors, scale, position)


def mover_of(tensors: Sequence[Any], source: PerturbationSource, *, exact: bool) -> Mover:
    """What moves the weights of a step, with the bits of before it kept as the source allows."""
    if exact and is_exact(source):
        return ExactMover(tensors, source)
    return CopyingMover(tensors, source, exact=exact)
