"""Exactly as many beats as were asked for: proven at full width."""

from __future__ import annotations

import pytest
import z3

from pezo_hw.systems.replay.rtl.beat_counter import BeatCounter
from tests.formal.split_invariant import comparison_tells, registers_tell
from tests.formal.transition_system import TransitionSystem, counterexample

WIDTHS = [(26, 5), (26, 1), (7, 6)]


def miscounts(counter: BeatCounter, *, last: str = "last") -> str | None:
    """By induction on how many beats are left, which is read off the registers: where they err."""
    system = TransitionSystem.of(counter)
    solver = system.solver(2)
    wire, bits = system.wire, len(counter.length) + 1
    start, take, busy = wire("start", 0), wire("take", 0), wire("busy", 0)
    solver.add(z3.Not(wire("rst", 0)), z3.Implies(start, z3.Not(busy)), z3.Implies(take, busy))
    solver.add(_consistent(system, 0))
    before, after = _left(system, 0, bits), _left(system, 1, bits)
    taken = z3.If(take, after == before - 1, after == before)
    return counterexample(
        solver,
        _consistent(system, 1),
        z3.Implies(start, z3.And(wire("busy", 1), after == _wide(wire("length", 0), bits) + 1)),
        z3.Implies(z3.And(busy, wire("busy", 1)), taken),
        z3.Implies(busy, wire(last, 0) == (before == 1)),
        z3.Implies(busy, wire("busy", 1) == z3.Not(z3.And(take, before == 1))),
        z3.Implies(busy, wire("closing", 0) == z3.ULE(before, 1 << counter.low_bits)),
        z3.Implies(z3.Not(z3.Or(busy, start)), z3.Not(wire("busy", 1))),
    )


def _left(system: TransitionSystem, state: int, bits: int) -> z3.BitVecRef:
    """The beats left: what the high bits still have to go, and the low bits up to full."""
    low, split = _wide(_vector(system, "low", state), bits), system.widths["low"]
    to_go = _wide(_vector(system, "goal", state) - _arrived(system, state), bits)
    return (to_go << split) + (1 << split) - low


def _consistent(system: TransitionSystem, state: int) -> z3.BoolRef:
    high, goal = _arrived(system, state), _vector(system, "goal", state)
    counted = z3.And(z3.ULE(high, goal), system.wire("closing", state) == (high == goal))
    told = z3.And(registers_tell(system, state), comparison_tells(system, state))
    return z3.And(z3.Implies(system.wire("busy", state), counted), told)


def _arrived(system: TransitionSystem, state: int) -> z3.BitVecRef:
    """Where the high bits are, which are counted one ahead."""
    return _vector(system, "high.count", state) - 1


def _vector(system: TransitionSystem, name: str, state: int) -> z3.BitVecRef:
    value = system.wire(name, state)
    return z3.If(value, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) if z3.is_bool(value) else value


def _wide(value: z3.BitVecRef, bits: int) -> z3.BitVecRef:
    return z3.ZeroExt(bits - value.size(), value)


@pytest.mark.parametrize(("bits", "low_bits"), WIDTHS)
def test_it_counts(bits: int, low_bits: int):
    assert miscounts(BeatCounter(bits, low_bits)) is None


@pytest.mark.parametrize(("bits", "low_bits"), WIDTHS)
def test_a_last_that_comes_early_is_refuted(bits: int, low_bits: int):
    assert miscounts(BeatCounter(bits, low_bits), last="closing") is not None
