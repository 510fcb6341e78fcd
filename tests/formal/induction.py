"""Proof by induction over the clock cycles."""

from __future__ import annotations

from collections.abc import Sequence

import z3
from amaranth.lib.wiring import Component

from tests.formal.transition_system import TransitionSystem, counterexample


class Induction:
    """Shows that outputs of one bit are high in every cycle, whatever the inputs do.

    * Base: the state after power-up satisfies the invariant.
    * Step: from any state at all that satisfies the invariant, with any inputs (``rst`` among
      them), the claim holds, and the state after the clock edge satisfies the invariant again.

    Both together prove the claim for all cycles of every input sequence.

    Parameters
    ----------
    component : Component
        Has the outputs that are named next.
    invariant : sequence of str
        What is assumed, and carried over each clock edge.
    claim : str
        What follows from the invariant.
    cases : str, optional
        A wire of several bits, for each of whose values the step is proven on its own: the same
        proof, in pieces that stay small.
    """

    def __init__(
        self,
        component: Component,
        *,
        invariant: Sequence[str] = ("invariant",),
        claim: str = "equal",
        cases: str | None = None,
    ) -> None:
        self._system = TransitionSystem.of(component)
        self._invariant = tuple(invariant)
        self._claim = claim
        self._cases = cases

    def base(self) -> str | None:
        """A way in which the first state violates the invariant, or None."""
        solver = self._system.solver(1, from_initial=True)
        return counterexample(solver, *self._invariants(0))

    def step(self) -> str | None:
        """A transition that breaks the induction, or None."""
        refuted = (self._step(assumption) for assumption in self._assumptions())
        return next((case for case in refuted if case is not None), None)

    def _step(self, assumption: z3.BoolRef) -> str | None:
        solver = self._system.solver(2)
        solver.add(assumption, *self._invariants(0))
        return counterexample(solver, self._system.wire(self._claim, 0), *self._invariants(1))

    def _assumptions(self) -> list[z3.BoolRef]:
        """Conditions on the state before the edge, one of which holds in any state."""
        if self._cases is None:
            return [z3.BoolVal(True)]
        selector = self._system.wire(self._cases, 0)
        return [selector == value for value in range(1 << self._system.widths[self._cases])]

    def _invariants(self, state: int) -> list[z3.BoolRef]:
        return [self._system.wire(name, state) for name in self._invariant]
