"""The register, against galois' LFSR, whole orbits, and its own serial step."""

import galois
import numpy as np
import pytest

from pezo_hw import ConfigError
from pezo_hw.algebra.taps import DEFAULT_TAPS
from pezo_hw.generators.on_the_fly.lfsr import LFSRParameters, Orbit
from tests.reference import OnTheFly


# In one worker: galois compiles its arithmetic anew in each process.
@pytest.mark.xdist_group("galois")
@pytest.mark.parametrize("width", range(3, 19))
def test_the_feedback_bits_are_those_of_galois(width: int):
    """The Fibonacci LFSR there puts out the same m-sequence; it counts its taps from the output."""
    lfsr = LFSRParameters(width=width)
    characteristic = [width, *(width - tap for tap in lfsr.taps[1:]), 0]
    polynomial = galois.Poly.Degrees(characteristic, field=galois.GF(2))
    state, length = 1, min(lfsr.period, 4000)
    fed_back = []
    for _ in range(length):
        state = lfsr.step(state)
        fed_back.append(state & 1)
    theirs = galois.FLFSR(polynomial.reverse(), state=[1] + [0] * (width - 1))
    sequence = np.array(theirs.step(length + width)).tolist()
    assert fed_back == sequence[width:]


@pytest.mark.parametrize("width", range(3, 15))
def test_the_orbit_is_every_non_zero_state(width: int):
    lfsr, state, seen = LFSRParameters(width=width), 1, set()
    while state not in seen:
        seen.add(state)
        state = lfsr.step(state)
    assert state == 1
    assert seen == set(range(1, 2**width))


@pytest.mark.parametrize(("width", "steps"), [(3, 1), (8, 1), (8, 7), (8, 8), (9, 2), (14, 14)])
def test_a_cycle_is_k_serial_steps(width: int, steps: int):
    lfsr = LFSRParameters(width=width, steps_per_cycle=steps)
    slow = OnTheFly(width=width, steps_per_cycle=steps)
    state = 1
    for _ in range(100):
        assert lfsr.cycle_matrix.apply(state) == slow.step(state)
        state = slow.step(state)


def test_advance_runs_both_ways_and_far():
    lfsr = LFSRParameters(width=14)
    assert lfsr.advance(lfsr.advance(1234, 10**15), -(10**15)) == 1234
    assert lfsr.advance(77, lfsr.period) == 77
    assert lfsr.advance(lfsr.advance(5, -1), 1) == 5


def test_steps_beyond_the_period_go_round():
    once = LFSRParameters(width=8).cycle_matrix
    assert LFSRParameters(width=8, steps_per_cycle=1 + 255 * 10**6).cycle_matrix == once


def test_what_it_keeps_are_plain_integers():
    """A manifest, which JSON cannot write NumPy's into, says them."""
    lfsr = LFSRParameters(width=np.int64(8), steps_per_cycle=np.int64(7))
    assert type(lfsr.width) is type(lfsr.steps_per_cycle) is int


def test_taps_of_any_width_are_decided_at_once():
    assert LFSRParameters(width=64, taps=(64, 63, 61, 60)).taps == (64, 63, 61, 60)
    with pytest.raises(ConfigError, match=r"taps of period 2\^64 - 1"):
        LFSRParameters(width=64, taps=(64, 63))


@pytest.mark.parametrize("width", [w for w in DEFAULT_TAPS if w <= 10])
def test_taps_are_refused_exactly_when_the_orbit_is_short(width: int):
    for tap in range(1, width):
        try:
            LFSRParameters(width=width, taps=(width, tap))
            accepted = True
        except ConfigError:
            accepted = False
        reference = OnTheFly(width=width, taps=[width, tap])
        state, length = reference.step(1), 1
        while state != 1 and length < 2**width:
            state, length = reference.step(state), length + 1
        assert accepted == (length == 2**width - 1)


@pytest.mark.parametrize(("width", "steps"), [(3, 1), (8, 1), (8, 8), (11, 2), (14, 14), (18, 1)])
def test_states_in_order(width: int, steps: int):
    """The orbit, which is made by doubling, against stepping."""
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
