"""The counters that are cut into parts, proven equal to the plain ones they stand for."""

from __future__ import annotations

import pytest
import z3
from amaranth.hdl import Cat, Const, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from pezo_hw.rtl.split_counter import SplitCounter
from pezo_hw.systems.axi.rtl.counters import Counters
from pezo_hw.systems.replay.rtl.beat_counter import BeatCounter
from tests.formal.split_invariant import beats_left, comparison_tells, registers_tell, vector, wide
from tests.formal.transition_system import TransitionSystem, counterexample

# One part, two, three; and the widest there is.
WIDTHS = [1, 2, 11, 12, 13, 14, 24, 30, 47]
MANY = 20
BEATS = [
    (2, 1),
    (3, 1),
    (3, 2),
    (7, 6),
    (14, 1),
    (26, 1),
    (26, 3),
    (26, 4),
    (26, 5),
    (32, 5),
    (48, 1),
]


class PlainBeatCounter(BeatCounter):
    """The beat counter with a single carry chain."""

    def elaborate(self, platform: object) -> Module:
        m = Module()
        split = self.low_bits
        low = Signal(split, name="low")
        high = Signal(len(self.length) - split, name="high")
        goal = Signal(len(high), name="goal")
        full = Signal(name="full")
        m.d.comb += [
            full.eq(low.all()),
            self.closing.eq(high == goal),
            self.last.eq(self.closing & full),
        ]
        with m.If(self.start):
            m.d.sync += [low.eq(~self.length[:split]), goal.eq(self.length[split:])]
            m.d.sync += self.busy.eq(1)
        with m.Elif(self.take):
            m.d.sync += low.eq(Cat(low[bit] ^ low[:bit].all() for bit in range(split)))
            m.d.sync += self.busy.eq(~self.last)
        with m.If(~self.busy):
            m.d.sync += high.eq(0)
        with m.Elif(self.take & full):
            m.d.sync += high.eq(high + 1)
        return m


class Beside(wiring.Component):
    """Both beat counters at the same inputs, ``busy`` of the plain one gating them."""

    def __init__(self, cut: BeatCounter) -> None:
        self.cut = cut
        bits = len(cut.length)
        super().__init__({"start": In(1), "take": In(1), "length": In(bits), "equal": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        plain = PlainBeatCounter(len(self.length), self.cut.low_bits)
        m.submodules.plain, m.submodules.cut = plain, self.cut
        for counter in (plain, self.cut):
            m.d.comb += [
                counter.start.eq(self.start & ~plain.busy),
                counter.take.eq(self.take & plain.busy),
                counter.length.eq(self.length),
            ]
        shown = [(getattr(plain, name), getattr(self.cut, name)) for name in ("last", "closing")]
        same = Cat(a == b for a, b in shown).all()
        m.d.comb += self.equal.eq((plain.busy == self.cut.busy) & (~plain.busy | same))
        return m


class Steps(wiring.Component):
    """A `SplitCounter` beside ``count + 1``, with steps that are a cycle apart."""

    def __init__(self, cut: SplitCounter, *, apart: bool = True) -> None:
        self.cut = cut
        self.apart = apart
        flags = {"equal": Out(1), "stepped": Out(1)}
        super().__init__({"event": In(1), "clear": In(1), **flags})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.cut = cut = self.cut
        plain = Signal(len(cut.count), name="plain", init=cut.start)
        may = ~self.stepped if self.apart else Const(1)
        m.d.sync += self.stepped.eq(cut.step)
        m.d.comb += [cut.step.eq(self.event & may), cut.clear.eq(self.clear)]
        with m.If(self.clear):
            m.d.sync += plain.eq(cut.start)
        with m.Elif(cut.step):
            m.d.sync += plain.eq(plain + 1)
        m.d.comb += self.equal.eq(plain == cut.count)
        return m


class Events(wiring.Component):
    """The counters of AXI beside plain ones, with events in any cycle."""

    def __init__(self) -> None:
        names = ("perturbation", "transfer", "fault", "clear")
        super().__init__({**{name: In(1) for name in names}, "equal": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.cut = cut = Counters(faults=True)
        equal = []
        for name in ("perturbation", "transfer", "fault"):
            event, count = getattr(self, name), getattr(cut, f"{name}s")
            plain = Signal(len(count), name=f"plain_{name}s")
            with m.If(event & (~plain.all() if name == "fault" else 1)):
                m.d.sync += plain.eq(plain + 1)
            with m.If(self.clear):
                m.d.sync += plain.eq(0)
            m.d.comb += getattr(cut, name).eq(event)
            equal.append(plain == count)
        m.d.comb += [cut.clear.eq(self.clear), self.equal.eq(Cat(*equal).all())]
        return m


def differs(component: wiring.Component) -> str | None:
    """By induction: a first state, or a clock edge, after which the two are not equal.

    The invariant is that they are equal in all that they hold, and `registers_tell`.
    """
    system = TransitionSystem.of(component)
    base = counterexample(system.solver(1, from_initial=True), _holds(system, 0))
    if base is not None:
        return base
    solver = system.solver(2)
    solver.add(_holds(system, 0))
    return counterexample(solver, _holds(system, 1))


def _holds(system: TransitionSystem, state: int) -> z3.BoolRef:
    told = (registers_tell(system, state), comparison_tells(system, state, "cut."))
    return z3.And(system.wire("equal", state), *told, _same_beats(system, state))


def _same_beats(system: TransitionSystem, state: int) -> z3.BoolRef:
    """As many are left by the plain beat counter as by the other; where there is one."""
    if "plain.low" not in system.widths:
        return z3.BoolVal(True)
    low, high, goal = (vector(system, f"plain.{name}", state) for name in ("low", "high", "goal"))
    bits = low.size() + high.size() + 1
    left = (wide(goal - high, bits) << low.size()) + wide(~low, bits) + 1
    same = z3.And(z3.ULE(high, goal), left == beats_left(system, state, bits, "cut."))
    return z3.Implies(system.wire("plain.busy", state), same)


def test_a_split_counter_counts():
    for bits in WIDTHS:
        for start in (0, 1):
            assert differs(Steps(SplitCounter(bits, start=start))) is None, (bits, start)


def test_steps_that_follow_one_another_are_too_fast_for_it():
    """The contract's condition is needed: without it the proof fails."""
    assert differs(Steps(SplitCounter(13), apart=False)) is not None


def _beats() -> list[object]:
    """Those of many high bits take z3 seconds."""
    return [
        pytest.param(*one, marks=[pytest.mark.slow] * (one[0] - one[1] > MANY)) for one in BEATS
    ]


@pytest.mark.parametrize(("bits", "low_bits"), _beats())
def test_beats_are_counted_as_by_a_plain_counter(bits: int, low_bits: int):
    assert differs(Beside(BeatCounter(bits, low_bits))) is None


def test_the_counters_of_axi_count_as_plain_ones():
    assert differs(Events()) is None


class KeepsItsRegisters(SplitCounter):
    """Is cleared, but for the registers between its parts."""

    def _was_full(self, m: Module, part: Signal, full: Value) -> Signal:
        was_full = Signal(name=f"{part.name}_was_full")
        m.d.sync += was_full.eq(full)
        return was_full


def test_registers_that_are_not_cleared_are_found():
    assert differs(Steps(KeepsItsRegisters(13))) is not None
