"""Orbits by doubling, against stepping."""

import pytest

from pezo_hw.generators.on_the_fly.lfsr import LFSRParameters
from pezo_hw.generators.on_the_fly.orbit import Orbit


@pytest.mark.parametrize(("width", "steps"), [(3, 1), (8, 1), (8, 8), (11, 2), (14, 14), (18, 1)])
def test_states_in_order(width: int, steps: int):
    lfsr = LFSRParameters(width=width, steps_per_cycle=steps)
    orbit, state = Orbit(lfsr), 1
    expected = []
    for _ in range(lfsr.period):
        expected.append(state)
        for _ in range(steps):
            state = lfsr.step(state)
    assert orbit.states.tolist() == expected
    assert len(orbit) == lfsr.period
    assert (orbit.states[orbit.phases[1:]] == range(1, lfsr.period + 1)).all()
    assert orbit.phases[0] == -1
