"""The words of a load against an RNG-by-RNG reading of the definition."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pezo_hw import ConfigError, load
from pezo_hw.generators.on_the_fly.history_window import HistoryWindow
from pezo_hw.generators.on_the_fly.load_words import contents_words, phase_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from pezo_hw.generators.replay.load_check import with_check_word
from tests.reference import OnTheFly
from tests.strategies import on_the_fly

SMALL = {"rngs": 3, "width": 4, "seeds": [5, 9, 2]}


def stepped(reference: OnTheFly, cycles: int) -> list[list[int]]:
    """The state of every RNG at cycle 0, 1, 2, ..."""
    states = [reference.start()]
    for _ in range(cycles):
        states.append([reference.step(x) for x in states[-1]])
    return states


def expected(reference: OnTheFly, cycle: int, fed: int, behind: int, latency: int) -> list[int]:
    """Word by word: what becomes of position n - 1, and the tracker's new bits above it."""
    n, bits = reference.rngs, min(reference.steps_per_cycle, reference.width)
    if reference.mode == "constant":
        bits = 0
    states = stepped(reference, cycle + latency + 1)
    words = []
    for edge in range(cycle - fed, cycle):
        entering = states[edge + behind + 1][(edge + behind) % n]
        words.append(entering | states[edge + latency + 1][0] % 2**bits << reference.width)
    return words


@settings(max_examples=60)
@given(on_the_fly(widest=7), st.integers(0, 60))
def test_a_phase_is_what_enters_before_it(case: tuple[OnTheFlyParameters, OnTheFly], later: int):
    parameters, reference = case
    fed, latency = HistoryWindow.of(parameters).prefill, parameters.latency
    cycle = fed + later
    words = phase_words(parameters, cycle)[:-1]
    shifter = parameters.scaling.output == "fixed-point" and parameters.scaling.mode == "adaptive"
    assert words == expected(reference, cycle, fed, int(shifter), latency)


def test_cycle_0_has_a_past():
    """The cycles before it are the last of the joint orbit."""
    parameters = OnTheFlyParameters(**SMALL)
    orbit = parameters.joint_orbit
    for cycle in range(5):
        assert phase_words(parameters, cycle) == phase_words(parameters, cycle + orbit)


def test_a_cycle_of_any_size():
    parameters = load("paper-opt").parameters
    far = 10**40 + 17
    assert phase_words(parameters, far) == phase_words(parameters, far % parameters.joint_orbit)


def test_positions_take_the_words_up():
    """The last n words, in order, are the positions at the cycle where the ring then is."""
    parameters = OnTheFlyParameters(rngs=7, width=5)
    lfsr, n = parameters.lfsr, parameters.rngs
    for cycle in (0, 1, 1000):
        words = phase_words(parameters, cycle)[:-1][-n:]
        ages = range(n - 1, -1, -1)
        ring = [lfsr.advance(w & 31, age) for w, age in zip(words, ages, strict=True)]
        assert tuple(ring) == parameters.bank.states_of(cycle)


@settings(max_examples=20)
@given(on_the_fly(widest=6))
def test_contents_end_with_the_table(case: tuple[OnTheFlyParameters, OnTheFly]):
    parameters, reference = case
    words, (_, codes) = contents_words(parameters), reference.table
    fed = HistoryWindow.of(parameters).prefill
    assert words[: fed + 1] == phase_words(parameters, 0)
    if reference.mode == "constant":
        assert len(words) == fed + 1
        return
    assert dict(enumerate(words[fed + 1 : -1])) == {0: 0} | codes
    assert words[fed + 1 :] == with_check_word(words[fed + 1 : -1])


def test_contents_of_another_generator_are_refused():
    built = OnTheFlyParameters(**SMALL)
    assert contents_words(replace(built, seeds=[1, 2, 3]), built=built)
    with pytest.raises(ConfigError, match="but for the seeds"):
        contents_words(OnTheFlyParameters(rngs=3, width=5), built=built)


def test_numbers_that_have_no_room_are_refused():
    """Fixed-point lanes are as wide as the largest code that was built in."""
    scaling = ScalingParameters(output="fixed-point", code_bits=3)
    found = {}
    for seeds in itertools.combinations(range(1, 16), 3):
        parameters = OnTheFlyParameters(rngs=3, width=4, seeds=seeds, scaling=scaling)
        found[int(parameters.scale_table.codes.max())] = parameters
    narrow, wide = found[min(found)], found[max(found)]
    assert contents_words(narrow, built=wide)
    with pytest.raises(ConfigError, match=f"reach {min(found)} at most"):
        contents_words(wide, built=narrow)


@pytest.mark.parametrize("cycle", [-1, 1.5, True])
def test_a_cycle_that_is_none(cycle: object):
    with pytest.raises(ConfigError, match="cycle"):
        phase_words(OnTheFlyParameters(**SMALL), cycle)  # type: ignore[arg-type]
