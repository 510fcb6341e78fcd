"""What is known of a run between two steps, and of a step after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NotRequired, Protocol, TypedDict

from ..checks import integer, real
from ..errors import ConfigError
from .movers import Mover

# Of one step: where each of its perturbations starts, and the projected gradient along it.
Queries = tuple[tuple[int, float], ...]


class SavedOptimizer(TypedDict):
    """What `ZOSGD.save` gives, the weights aside: plain numbers, fit for JSON.

    ``history`` is there with momentum: of the last steps, the oldest first, the position and the
    projected gradient of each query.
    """

    step: int
    position: int
    history: NotRequired[list[list[list[float]]]]


@dataclass(frozen=True, kw_only=True)
class StepReport:
    """What one step found.

    Attributes
    ----------
    loss : float
        The mean of the losses beside the weights (with one side, of L(w) too).
    gradients : tuple of float
        The projected gradient along each of the q perturbations, clipped.
    learning_rate : float
        eta, schedule included; of the first weight where they have rates of their own.
    changed_share : float
        The share of the weights, 0 to 1, that the update gave other bits. A half-precision weight
        stays where it is while the update is less than half of its last place.
    direction : int
        1 where the update was done; with the conservative choice also -1, its opposite, or 0.
    """

    loss: float
    gradients: tuple[float, ...]
    learning_rate: float
    changed_share: float
    direction: int = 1


class Companion(Protocol):
    """What a step changes besides the weights, such as layers that go by back-propagation.

    It is updated along with the weights or is taken back along with them: one assignment, that of
    `Run`, completes both.
    """

    def update(self) -> None:
        """Its own change; called once, when the weights have been updated."""
        ...

    def restore(self) -> None:
        """Back to where it was before the step; may be cut short anywhere and called again."""
        ...


@dataclass(frozen=True, kw_only=True)
class Run:
    """Where a run stands, in one object, so that one assignment completes a step.

    Attributes
    ----------
    step, position : int
        As of `ZOSGD`.
    history : tuple of Queries
        Of the last steps, the oldest first: what momentum is rebuilt from.
    mover : Mover or None
        What takes the weights back to there; None where they are there.
    companion : Companion or None
        Of the step under way: taken back after the weights.
    """

    step: int
    position: int
    history: tuple[Queries, ...] = ()
    mover: Mover | None = None
    companion: Companion | None = None

    @classmethod
    def of(cls, saved: SavedOptimizer) -> Run:
        """Where ``saved`` was taken; raises ConfigError for what is no step or position."""
        return cls(
            step=integer("step", saved["step"], 0),
            position=integer("position", saved["position"], 0),
            history=_history(saved.get("history", [])),
        )

    def saved(self) -> SavedOptimizer:
        """The inverse of `of`."""
        saved = SavedOptimizer(step=self.step, position=self.position)
        if self.history:
            saved["history"] = [[list(query) for query in queries] for queries in self.history]
        return saved


def _history(found: object) -> tuple[Queries, ...]:
    allowed = "for each step a list of [position, gradient]"
    try:
        return tuple(
            tuple((integer("position", at, 0), real("gradient", g)) for at, g in queries)
            for queries in found  # type: ignore[attr-defined]
        )
    except (TypeError, ValueError) as error:
        if isinstance(error, ConfigError):
            raise
        raise ConfigError("history", type(found).__name__, allowed) from None
