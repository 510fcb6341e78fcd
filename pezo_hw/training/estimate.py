"""The projected gradients of one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..fast.scale import Scale
from .movers import Mover
from .parameters import ZOSGDParameters
from .run import Queries


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """How steep the loss is along q perturbations (paper, equation 1).

    Attributes
    ----------
    queries : Queries
        Where each perturbation starts, and the projected gradient along it.
    losses : tuple of float
        All that were computed for it.
    here : float or None
        L(w), where it was computed.
    following : int
        Where the next perturbation starts.
    """

    queries: Queries
    losses: tuple[float, ...]
    here: float | None
    following: int

    @property
    def gradients(self) -> tuple[float, ...]:
        """The projected gradients alone."""
        return tuple(gradient for _, gradient in self.queries)


def estimate(
    mover: Mover,
    loss: Callable[[], float],
    parameters: ZOSGDParameters,
    epsilon: Scale,
    position: int,
) -> Estimate:
    """Moves the weights by epsilon z, there and back, q times; afterwards they are back.

    Parameters
    ----------
    mover : Mover
        Of the step.
    loss : callable
        L of the weights as they stand.
    parameters : ZOSGDParameters
        Which estimate.
    epsilon : float or list of float
        Of all weights, or of each; a projected gradient is per the first one's.
    position : int
        Of the first perturbation.
    """
    first = epsilon[0] if isinstance(epsilon, (list, tuple)) else epsilon
    here = None if parameters.two_sided else loss()
    queries: list[tuple[int, float]] = []
    losses = [] if here is None else [here]
    for _ in range(parameters.queries):
        sides = mover.losses(loss, epsilon, position, both=parameters.two_sided)
        other, width = (here, 1) if sides.minus is None else (sides.minus, 2)
        gradient = (sides.plus - other) / (width * first)  # type: ignore[operator]
        queries.append((position, _clipped(gradient, parameters.clip)))
        losses += [sides.plus] if sides.minus is None else [sides.plus, sides.minus]
        position = sides.following
    return Estimate(queries=tuple(queries), losses=tuple(losses), here=here, following=position)


def _clipped(gradient: float, most: float | None) -> float:
    return gradient if most is None else max(-most, min(gradient, most))
