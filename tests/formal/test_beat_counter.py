"""Exactly as many beats as were asked for: proven at full width."""

from __future__ import annotations

import pytest
import z3

from pezo_hw.systems.replay.rtl.beat_counter import BeatCounter
from tests.formal.split_invariant import beats_left, comparison_tells, registers_tell, wide
from tests.formal.transition_system import TransitionSystem, counterexample

WIDTHS = [(26, 5), (26, 1), (7, 6), (7, 5)]


def miscounts(counter: BeatCounter, *, last: str = "last") -> str | None:
    """By induction on how many beats are left, which is read off the registers: where they err."""
    system = TransitionSystem.of(counter)
    solver = system.solver(2)
    wire, bits = system.wire, len(counter.length) + 1
    start, take, busy = wire("start", 0), wire("take", 0), wire("busy", 0)
    solver.add(z3.Not(wire("rst", 0)), z3.Implies(start, z3.Not(busy)), z3.Implies(take, busy))
    solver.add(_consistent(system, 0))
    before, after = beats_left(system, 0, bits), beats_left(system, 1, bits)
    taken = z3.If(take, after == before - 1, after == before)
    return counterexample(
        solver,
        _consistent(system, 1),
        z3.Implies(start, z3.And(wire("busy", 1), after == wide(wire("length", 0), bits) + 1)),
        z3.Implies(z3.And(busy, wire("busy", 1)), taken),
        z3.Implies(busy, wire(last, 0) == (before == 1)),
        z3.Implies(busy, wire("busy", 1) == z3.Not(z3.And(take, before == 1))),
        z3.Implies(busy, wire("closing", 0) == z3.ULE(before, 1 << counter.low_bits)),
        z3.Implies(z3.Not(z3.Or(busy, start)), z3.Not(wire("busy", 1))),
    )


def _consistent(system: TransitionSystem, state: int) -> z3.BoolRef:
    return z3.And(registers_tell(system, state), comparison_tells(system, state))


@pytest.mark.parametrize(("bits", "low_bits"), WIDTHS)
def test_it_counts(bits: int, low_bits: int):
    assert miscounts(BeatCounter(bits, low_bits)) is None


@pytest.mark.parametrize(("bits", "low_bits"), WIDTHS)
def test_a_last_that_comes_early_is_refuted(bits: int, low_bits: int):
    assert miscounts(BeatCounter(bits, low_bits), last="closing") is not None
