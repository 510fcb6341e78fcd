"""Health: no alarm without a flip, and one for every flip at its edge; both proven."""

from __future__ import annotations

import pytest
import z3
from amaranth.hdl import Signal

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.rtl.lockstep_check import LockstepCheck
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from pezo_hw.rtl.delay_line import DelayLine
from pezo_hw.rtl.functions import linear_map
from tests.formal.checked_ring import CheckedRing
from tests.formal.lockstep_invariant import LockstepInvariant
from tests.formal.transition_system import counterexample

BANKS = {
    f"{n}x{b}-{k}": OnTheFlyParameters(rngs=n, width=b, steps_per_cycle=k)
    for n, b, k in [(2, 3, 1), (3, 3, 1), (4, 4, 1), (5, 4, 2), (7, 5, 5), (6, 6, 5)]
} | {
    "4x4-constant": OnTheFlyParameters(rngs=4, width=4, scaling=ScalingParameters(mode="constant"))
}

FOUR = BANKS["4x4-1"]


@pytest.fixture(params=BANKS)
def parameters(request) -> OnTheFlyParameters:
    return BANKS[request.param]


def false_alarm(
    parameters: OnTheFlyParameters, kind: type = LockstepCheck, *, honest: bool = True
) -> str | None:
    """By induction: how ``fault`` rises although nothing has flipped, whatever is fed and when."""
    invariant = LockstepInvariant(CheckedRing(parameters, kind))
    base = counterexample(
        invariant.system.solver(1, from_initial=True), invariant.holds(0, z3.BitVecVal(0, 8))
    )
    passed = z3.BitVec("passed@0", 8)
    solver = invariant.system.solver(2)
    solver.add(invariant.holds(0, passed))
    if honest:
        solver.add(invariant.honest(0, passed))
    return base or counterexample(solver, invariant.holds(1, invariant.following(0, passed)))


def missed_flip(parameters: OnTheFlyParameters, kind: type = LockstepCheck) -> str | None:
    """How ``fault`` is not high at exactly the edges at which flipped words leave position 0.

    From any state of the invariant, any bits of any lanes and of the tracker flip, and whatever is
    fed from then on.
    """
    invariant = LockstepInvariant(CheckedRing(parameters, kind))
    n, width, wire = parameters.rngs, parameters.width, invariant.system.wire
    lanes, tracker = z3.BitVec("lanes@0", n * width), z3.BitVec("tracker@0", width)
    solver = invariant.system.solver(n + 1)
    solver.add(invariant.holds(0, z3.BitVecVal(n, 8), lanes, tracker))
    solver.add(wire("lockstep_check.armed", 0))
    solver.add(*(z3.And(wire("en", s), z3.Not(wire("rst", s))) for s in range(n)))
    flipped = [z3.Extract((p + 1) * width - 1, p * width, lanes) != 0 for p in range(n)]
    if parameters.has_table:
        flipped[0] = z3.Or(flipped[0], tracker != 0)
    return counterexample(solver, *(wire("fault", p + 1) == flipped[p] for p in range(n)))


def test_no_false_alarm(parameters):
    assert false_alarm(parameters) is None


def test_an_alarm_is_found_where_the_check_starts_too_soon(parameters):
    assert false_alarm(parameters, honest=False) is not None


def test_every_flip_is_noticed_at_its_edge(parameters):
    assert missed_flip(parameters) is None


class Broken(LockstepCheck):
    """The ring's check with a mistake in it."""

    more_steps = 0
    blind_bits = 0
    delay = 0

    def _check_ring(self, m, differs):
        matrix, n, width = (
            self.parameters.lfsr.cycle_matrix,
            self.parameters.rngs,
            len(self.leaving),
        )
        m.submodules.turn = turn = DelayLine(width=width, delay=n - 1 + self.delay)
        expected = Signal(width, name="expected", reset_less=True)
        seen = width - self.blind_bits
        m.d.comb += [
            turn.en.eq(self.en),
            turn.i.eq(self.entering),
            differs.eq(linear_map(matrix, self.leaving)[:seen] != expected[:seen]),
        ]
        with m.If(self.en):
            m.d.sync += expected.eq(linear_map(matrix ** (n + self.more_steps), turn.o))


class OneStepMore(Broken):
    """A^(n + 1)."""

    more_steps = 1


class SkipsABit(Broken):
    """Does not compare the highest bit."""

    blind_bits = 1


class OneEdgeLate(Broken):
    """Compares with the word before."""

    delay = 1


class ForgetsTheTracker(LockstepCheck):
    """Has a copy of it, and does not look."""

    def _check_tracker(self, m, differs):
        super()._check_tracker(m, Signal(name="ignored"))


@pytest.mark.parametrize("kind", [OneStepMore, OneEdgeLate])
def test_a_false_alarm_is_found(kind: type):
    assert false_alarm(FOUR, kind) is not None


@pytest.mark.parametrize("kind", [SkipsABit, ForgetsTheTracker])
def test_a_blind_check_is_found(kind: type):
    assert false_alarm(FOUR, kind) is None
    assert missed_flip(FOUR, kind) is not None


def test_the_paraphrase_is_right():
    assert false_alarm(FOUR, Broken) is None
    assert missed_flip(FOUR, Broken) is None
