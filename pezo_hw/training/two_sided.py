"""The two losses of an estimate, and the weights put back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .source import PerturbationSource


class TwoSided(NamedTuple):
    """L(w + epsilon z), L(w - epsilon z) and where the perturbation after z starts."""

    plus: float
    minus: float
    following: int


def two_sided(
    loss: Callable[[], float],
    tensors: Sequence[Any],
    source: PerturbationSource,
    *,
    epsilon: float,
    position: int,
) -> TwoSided:
    """Evaluates the loss on both sides of the weights, as MeZO does: +1, -2, +1 times epsilon z.

    This is the only place that moves weights and moves them back. Rounding may leave them a few
    last bits away from where they were, also where the loss raises.

    Parameters
    ----------
    loss : callable
        L of the tensors as they stand; called twice.
    tensors : sequence of numpy.ndarray or torch.Tensor
        w.
    source : PerturbationSource
        Asked for the same z three times instead of storing it.
    epsilon : float
        Above 0.
    position : int
        Which z.
    """
    losses = []
    offset = 0.0
    try:
        for side in (epsilon, -epsilon):
            source.add_(tensors, side - offset, position)
            offset = side
            losses.append(float(loss()))
    finally:
        following = source.add_(tensors, -offset, position)
    plus, minus = losses
    return TwoSided(plus, minus, following)
