"""Which windows are taken: proven, whatever the words hold, against a list of all good ones.

The list comes from seeds and cycles, through the golden words; the hardware knows neither. What it
held before ``clear`` is arbitrary as well.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
import z3
from amaranth.hdl import C

from pezo_hw.generators.on_the_fly.load_words import phase_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.rtl.load_window import LoadWindow, TrackerCheck
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from tests.formal.transition_system import TransitionSystem, counterexample

TWO = OnTheFlyParameters(rngs=2, width=3)
SMALL = {
    "two": TWO,
    "three": OnTheFlyParameters(rngs=3, width=3),
    "leap": OnTheFlyParameters(rngs=2, width=3, steps_per_cycle=2),
    "whole-leap": OnTheFlyParameters(rngs=2, width=3, steps_per_cycle=3),
    "fixed-point": replace(TWO, scaling=ScalingParameters(output="fixed-point")),
    "constant": OnTheFlyParameters(rngs=3, width=3, scaling=ScalingParameters(mode="constant")),
}


def good_windows(generator: OnTheFlyParameters) -> Iterator[list[int]]:
    """The words of every order of every choice of seeds, at a cycle of every rotation."""
    states = range(1, generator.lfsr.period + 1)
    for seeds in itertools.permutations(states, generator.rngs):
        other = replace(generator, seeds=seeds)
        yield from (phase_words(other, cycle)[:-1] for cycle in range(generator.rngs))


def is_one_of(words: list[z3.BitVecRef], generator: OnTheFlyParameters) -> z3.BoolRef:
    """Whether words are a good window, but for the tracker's oldest bits, which leave it."""
    masks = [-1] * len(words)
    unseen = -generator.width % generator.entry_bits if generator.has_table else 0
    masks[0] = (1 << (words[0].size() - unseen)) - 1
    windows = {
        tuple(word & mask for word, mask in zip(window, masks, strict=True))
        for window in good_windows(generator)
    }
    return z3.Or(
        *(
            z3.And(*(w & mask == v for w, v, mask in zip(words, window, masks, strict=True)))
            for window in sorted(windows)
        )
    )


def is_refuted(generator: OnTheFlyParameters, kind: type[LoadWindow] = LoadWindow) -> bool:
    """Whether there are words on which hardware and list disagree, or a check of another length."""
    window = kind(generator)
    count = window.words
    checked = 1 + count + count * (count + 5) // 2
    system = TransitionSystem.of(window)
    solver, wire = system.solver(checked + 1), system.wire
    for state in range(checked + 1):
        solver.add(wire("clear", state) == (state == 0), z3.Not(wire("rst", state)))
        solver.add(wire("store", state) == (1 <= state <= count), z3.Not(wire("feed", state)))
    words = [wire("word", state) for state in range(1, count + 1)]
    case = counterexample(
        solver,
        *(z3.Not(wire("checked", state)) for state in range(1, checked)),
        wire("checked", checked),
        wire("acceptable", checked) == is_one_of(words, generator),
        wire("entry", checked) == words[0],
    )
    return case is not None


@pytest.mark.parametrize("name", SMALL)
def test_exactly_the_good_windows_are_taken(name: str):
    assert not is_refuted(SMALL[name])


class SeesNoTwins(LoadWindow):
    """Compares nothing."""

    def _mismatch(self, m, loads, stepped, compare, end):
        return super()._mismatch(m, loads, stepped, C(0), end)


class SeesNoZero(LoadWindow):
    """Takes a zero for an RNG's state."""

    def _mismatch(self, m, loads, stepped, compare, end):
        return super()._mismatch(m, loads, stepped, compare, C(0))


class SeesNoTracker(LoadWindow):
    """Never asks which RNG the tracker follows."""

    def _match(self, m, stepped, end):
        super()._match(m, stepped, end)
        return ~m.submodules.tracker.mismatch


@pytest.mark.parametrize("kind", [SeesNoTwins, SeesNoZero, SeesNoTracker])
def test_a_window_that_overlooks_something_is_refuted(kind: type[LoadWindow]):
    assert is_refuted(TWO, kind)


class SeesNoStep(TrackerCheck):
    """Looks at no entry after those that make a state."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.sync += self.mismatch.eq(0)
        return m


def test_a_tracker_that_does_not_step_is_seen(monkeypatch):
    monkeypatch.setattr("pezo_hw.generators.on_the_fly.rtl.load_window.TrackerCheck", SeesNoStep)
    assert is_refuted(TWO)
