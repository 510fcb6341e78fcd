"""The update of one step: done, or the best of what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..fast.scale import times
from .movers import Mover
from .pace import Pace, Term


class Outcome(NamedTuple):
    """How many weights have other bits, and what was done.

    That is the update (1), its opposite (-1) or nothing (0).
    """

    changed: int
    direction: int


class Update:
    """What a step adds to the weights.

    Parameters
    ----------
    mover : Mover
        Of the step; the weights are where they were before it.
    terms : sequence of Term
        What is added.
    paces : sequence of Pace
        Of every weight; decay is part of every update, its opposite included.
    """

    def __init__(self, mover: Mover, terms: Sequence[Term], paces: Sequence[Pace]) -> None:
        self._mover = mover
        self._terms = terms
        self._keeps = [pace.keep for pace in paces]

    def do(self, direction: int) -> Outcome:
        """Does it (1) or its opposite (-1)."""
        terms = [(times(direction, scale), position) for scale, position in self._terms]
        return Outcome(self._mover.update(terms, self._keeps), direction)

    def best_of(self, loss: Callable[[], float], here: float | None) -> Outcome:
        """Does it, or its opposite, or nothing, whichever leads to the least loss.

        Of equal losses the one of w itself wins, then that of the update.

        Parameters
        ----------
        loss : callable
            L of the weights as they stand, called two or three times.
        here : float or None
            L(w), where it is known.
        """
        losses = {0: loss() if here is None else here}
        outcomes = {0: Outcome(0, 0)}
        for direction in (1, -1):
            outcomes[direction] = self.do(direction)
            losses[direction] = loss()
            self._mover.restore()
        best = min(losses, key=losses.__getitem__)
        return self.do(best) if best else outcomes[best]
