"""The handshake's promises, proven for every sequence of ready and rst."""

from __future__ import annotations

import pytest
import z3

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.beat_layout import BeatLayout
from pezo_hw.systems.stream.rtl.wrapper import StreamWrapper
from tests.cases import mostly_slow
from tests.formal.stream_invariant import StreamInvariant
from tests.formal.transition_system import TransitionSystem, counterexample
from tests.making import generator_of
from tests.systems.stream.broken_wrappers import HalfThroughput, NeverStops, WaitsForReady

SMALL = {
    "otf": OnTheFlyParameters(rngs=3, width=4),
    "one-lane": OnTheFlyParameters(rngs=2, width=3, lanes=1),
    "block": OnTheFlyParameters(rngs=2, width=7),
    "pool": PreGeneratedParameters(leftover="row", pool=15, width=4, lanes=5),
    "coprime": PreGeneratedParameters(leftover="row", pool=91, width=5, lanes=1),
}


@pytest.fixture(params=mostly_slow(SMALL, "otf", "coprime"))
def parameters(request: pytest.FixtureRequest) -> OnTheFlyParameters | PreGeneratedParameters:
    return SMALL[request.param]


def wrapped(parameters, wrapper=StreamWrapper) -> TransitionSystem:
    """A core of the parameters in a wrapper."""
    core = generator_of(parameters).create()
    return TransitionSystem.of(wrapper(core, BeatLayout.of(parameters)))


def retracted_or_changed(system: TransitionSystem) -> str | None:
    """A state whose beat is not taken and yet changes or vanishes, or None."""
    solver = system.solver(2)
    valid, payload = (
        [system.wire(name, state) for state in (0, 1)] for name in ("o__valid", "o__payload")
    )
    solver.add(valid[0], z3.Not(system.wire("o__ready", 0)), z3.Not(system.wire("rst", 0)))
    return counterexample(solver, valid[1], payload[0] == payload[1])


def other_than_the_stream(parameters, wrapper=StreamWrapper) -> str | None:
    """By induction over the place in the stream: where something but its next beat is shown."""
    system = wrapped(parameters, wrapper)
    invariant = StreamInvariant(parameters, system)
    first = system.solver(1, from_initial=True)
    base = counterexample(first, invariant.holds(0, z3.BitVecVal(0, 16)))
    place = z3.BitVec("place@0", 16)
    solver = system.solver(2)
    solver.add(invariant.holds(0, place))
    carried = invariant.holds(1, invariant.following(0, place))
    return base or counterexample(solver, carried, invariant.shows(0, place))


def test_a_beat_stays_until_it_is_taken(parameters):
    """From any state at all, reachable or not."""
    assert retracted_or_changed(wrapped(parameters)) is None


def test_a_beat_that_does_not_stay_is_found(parameters):
    assert retracted_or_changed(wrapped(parameters, NeverStops)) is not None


def test_the_beats_taken_are_consecutive_cycles_of_the_stream(parameters):
    assert other_than_the_stream(parameters) is None


@pytest.mark.parametrize("wrong", [WaitsForReady, NeverStops, HalfThroughput])
def test_a_broken_promise_is_refuted(parameters, wrong):
    assert other_than_the_stream(parameters, wrong) is not None
