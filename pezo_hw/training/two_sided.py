"""The two losses of an estimate, and the weights put back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .source import ExactSource, PerturbationSource


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
    exact: bool,
) -> TwoSided:
    """Evaluates the loss on both sides of the weights and puts them back, also where it raises.

    This is the only place that moves weights and moves them back.

    Parameters
    ----------
    loss : callable
        L of the tensors as they stand; called twice.
    tensors : sequence of numpy.ndarray or torch.Tensor
        w.
    source : PerturbationSource
        Asked for the same z again instead of storing it.
    epsilon : float
        Above 0.
    position : int
        Which z.
    exact : bool
        Whether the weights come back as the same bits, where the source can do that; else MeZO's
        way, which may leave them a few last bits away from where they were.
    """
    if exact and isinstance(source, ExactSource):
        with source.exact(tensors, epsilon, position) as perturbation:
            perturbation.plus()
            plus = float(loss())
            perturbation.minus()
            minus = float(loss())
        return TwoSided(plus, minus, perturbation.following)
    return _round_trip(loss, tensors, source, epsilon=epsilon, position=position)


def _round_trip(
    loss: Callable[[], float],
    tensors: Sequence[Any],
    source: PerturbationSource,
    *,
    epsilon: float,
    position: int,
) -> TwoSided:
    """+1, -2, +1 times epsilon z."""
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
