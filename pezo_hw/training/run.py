"""What is known of a run between two steps, and of a step after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from ..checks import integer
from .movers import Mover


class SavedOptimizer(TypedDict):
    """What `ZOSGD.save` gives, the weights aside: plain numbers, fit for JSON."""

    step: int
    position: int


@dataclass(frozen=True, kw_only=True)
class StepReport:
    """What one step found.

    Attributes
    ----------
    loss : float
        The mean of the 2 q losses.
    gradients : tuple of float
        The projected gradient along each of the q perturbations.
    learning_rate : float
        eta, schedule included.
    changed_share : float
        The share of the weights, 0 to 1, that the update gave other bits. A half-precision weight
        stays where it is while the update is less than half of its last place.
    """

    loss: float
    gradients: tuple[float, ...]
    learning_rate: float
    changed_share: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """Where a run stands, in one object, so that one assignment completes a step.

    Attributes
    ----------
    step, position : int
        As of `ZOSGD`.
    mover : Mover or None
        What takes the weights back to there; None where they are there.
    """

    step: int
    position: int
    mover: Mover | None = None

    @classmethod
    def of(cls, saved: SavedOptimizer) -> Run:
        """Where ``saved`` was taken; raises ConfigError for what is no step or position."""
        step = integer("step", saved["step"], 0)
        return cls(step=step, position=integer("position", saved["position"], 0))
