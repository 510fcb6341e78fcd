"""The long register: its ways to a state against the serial step."""

import math

import pytest

from pezo_hw.algebra.polynomial import from_exponents, is_primitive
from pezo_hw.generators.gaussian.leap_lfsr import LeapLFSR
from pezo_hw.generators.gaussian.table_hadamard.table import SOURCE
from tests.generators.gaussian.reference import bits_of, number_of, step

SHORT = LeapLFSR(width=7, tap=6, leap=5)


def stepped(lfsr: LeapLFSR, state: int, steps: int) -> int:
    bits = bits_of(state, lfsr.width)
    for _ in range(steps):
        bits = step(bits)
    return number_of(bits)


@pytest.mark.parametrize("lfsr", [SHORT, SOURCE], ids=["short", "source"])
@pytest.mark.parametrize("start", [0, 1, 0x5A, 0x6F])
def test_every_way_to_a_state_is_the_serial_one(lfsr: LeapLFSR, start: int):
    all_bits = lfsr.bits([start, 3], 7)[0].tolist()
    state = start
    for cycle in range(8):
        assert lfsr.advance(start, cycle) == state
        assert lfsr.advance(state, -cycle) == start
        first = cycle * lfsr.leap
        assert number_of(all_bits[first : first + lfsr.width][::-1]) == state
        following = [
            (mask >> lfsr.width ^ (mask & state).bit_count()) & 1 for mask in lfsr.following
        ]
        state = stepped(lfsr, state, lfsr.leap)
        assert number_of(following) == state


def test_the_short_one_runs_through_all_states_but_one():
    states, state = [], 0
    for _ in range(SHORT.period):
        states.append(state)
        state = SHORT.advance(state, 1)
    assert sorted(states) == list(range(SHORT.period))
    assert SHORT.advance(SHORT.period, 1) == SHORT.period  # all ones stay


def test_far_cycles_add_up():
    far = 10**30
    there = SOURCE.advance(1, far)
    assert SOURCE.advance(there, -far) == 1
    assert SOURCE.advance(SOURCE.advance(1, far - 12345), 12345) == there
    assert SOURCE.advance(1, far + SOURCE.period) == there


def test_the_source_has_its_whole_period():
    assert is_primitive(from_exponents((127, 63, 0)))
    assert math.gcd(SOURCE.leap, SOURCE.period) == 1
    # One look-up table each.
    assert max((mask & SOURCE.period).bit_count() for mask in SOURCE.following) <= 6
