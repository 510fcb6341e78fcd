"""What AXI promises, proven for every sequence of inputs."""

from __future__ import annotations

import pytest
import z3
from amaranth.hdl import Module

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.axi.parameters import AXIParameters
from pezo_hw.systems.axi.rtl.frame_port import FramePort
from pezo_hw.systems.axi.rtl.interrupts import Interrupts
from pezo_hw.systems.axi.rtl.lite_read import LiteRead
from pezo_hw.systems.axi.rtl.lite_write import LiteWrite
from pezo_hw.systems.axi.rtl.wrapper import AXIWrapper
from tests.formal.transition_system import TransitionSystem, counterexample
from tests.making import generator_of, replay_of

SMALL = OnTheFlyParameters(rngs=2, width=3)
GENERATORS = {
    "otf": (SMALL, SystemOptions(count_bits=4)),
    "loads": (SMALL, SystemOptions(count_bits=4, load="contents", health="reload")),
    "pool": (
        PreGeneratedParameters(leftover="row", pool=15, width=4, lanes=5),
        SystemOptions(count_bits=4),
    ),
}


def axi(name: str) -> AXIParameters:
    generator, options = GENERATORS[name]
    return AXIParameters(
        replay=replay_of(generator, options),
        fixed_point=generator.fixed_point,
        family_code=generator_of(generator).family_code,
    )


class Signals:
    """Wires of a system by state, as Booleans."""

    def __init__(self, system: TransitionSystem) -> None:
        self._system = system

    def __call__(self, name: str, state: int) -> z3.ExprRef:
        return self._system.wire(name, state)

    def moves(self, channel: str, state: int) -> z3.BoolRef:
        return z3.And(self(f"{channel}valid", state), self(f"{channel}ready", state))


# ------------------------------------------------------------------------------------- AXI4-Lite


def owed_by_writes(wire: Signals, state: int) -> z3.BoolRef:
    """How each register of the write half belongs to what is owed: at most one of each."""
    response = wire("axi__bvalid", state)
    address, word = wire("has_address", state), wire("has_data", state)
    legal = z3.And(address, word, wire("in_map", state), wire("strobes_high", state))
    return z3.And(
        wire("bus__write", state) == legal,
        z3.Not(z3.And(response, z3.Or(address, word))),
        z3.Implies(z3.Or(response, address), z3.Not(wire("axi__awready", state))),
        z3.Implies(z3.Or(response, word), z3.Not(wire("axi__wready", state))),
    )


def breach_of_writes(half: LiteWrite) -> str | None:
    """By induction: responses without requests, lost or second ones, a response that changes.

    What is owed is a pair of ghosts: requests taken that have not been answered, 0 or 1 each.
    """
    system = TransitionSystem.of(half)
    wire, solver = Signals(system), system.solver(2)
    first = system.solver(1, from_initial=True)
    base = counterexample(first, owed_by_writes(wire, 0), z3.Not(wire("axi__bvalid", 0)))
    if base is not None:
        return base
    solver.add(z3.Not(wire("rst", 0)), owed_by_writes(wire, 0))
    before = {
        "address": z3.Or(wire("has_address", 0), wire("axi__bvalid", 0)),
        "data": z3.Or(wire("has_data", 0), wire("axi__bvalid", 0)),
    }
    after = {
        "address": z3.Or(wire("has_address", 1), wire("axi__bvalid", 1)),
        "data": z3.Or(wire("has_data", 1), wire("axi__bvalid", 1)),
    }
    answered = wire.moves("axi__b", 0)
    claims = [owed_by_writes(wire, 1)]
    for channel, name in (("axi__aw", "address"), ("axi__w", "data")):
        taken = wire.moves(channel, 0)
        claims.append(z3.Not(z3.And(taken, before[name])))
        claims.append(after[name] == z3.Or(taken, z3.And(before[name], z3.Not(answered))))
    claims.append(z3.Implies(answered, z3.And(before["address"], before["data"])))
    claims.append(_stays(wire, "axi__b", ("axi__bresp",)))
    complete = z3.And(wire("has_address", 0), wire("has_data", 0))
    legal = z3.And(complete, wire("in_map", 0), wire("strobes_high", 0))
    good = z3.And(legal, wire("bus__write_allowed", 0))
    claims.append(z3.Implies(complete, wire("axi__bresp", 1) == z3.If(good, z3.BitVecVal(0, 2), 2)))
    return counterexample(solver, *claims)


def breach_of_reads(half: LiteRead) -> str | None:
    """By induction, as `breach_of_writes`."""
    system = TransitionSystem.of(half)
    wire, solver = Signals(system), system.solver(2)

    def consistent(state: int) -> z3.BoolRef:
        asked, answered = wire("has_address", state), wire("axi__rvalid", state)
        owes = z3.Or(asked, answered)
        return z3.And(
            z3.Not(z3.And(asked, answered)), z3.Implies(owes, z3.Not(wire("axi__arready", state)))
        )

    def owes(state: int) -> z3.BoolRef:
        return z3.Or(wire("has_address", state), wire("axi__rvalid", state))

    first = system.solver(1, from_initial=True)
    base = counterexample(first, consistent(0), z3.Not(wire("axi__rvalid", 0)))
    if base is not None:
        return base
    solver.add(z3.Not(wire("rst", 0)), consistent(0))
    taken, answered = wire.moves("axi__ar", 0), wire.moves("axi__r", 0)
    good = z3.And(wire("in_map", 0), wire("bus__read_allowed", 0))
    shown = z3.And(
        wire("axi__rresp", 1) == z3.If(good, z3.BitVecVal(0, 2), 2),
        wire("axi__rdata", 1) == z3.If(good, wire("bus__read_data", 0), 0),
    )
    return counterexample(
        solver,
        consistent(1),
        z3.Not(z3.And(taken, owes(0))),
        owes(1) == z3.Or(taken, z3.And(owes(0), z3.Not(answered))),
        z3.Implies(answered, owes(0)),
        z3.Implies(wire("has_address", 0), shown),
        _stays(wire, "axi__r", ("axi__rresp", "axi__rdata")),
    )


def _stays(wire: Signals, channel: str, payload: tuple[str, ...]) -> z3.BoolRef:
    """What is offered and not taken is offered again, and is the same."""
    kept = z3.And(wire(f"{channel}valid", 0), z3.Not(wire(f"{channel}ready", 0)))
    same = [wire(name, 0) == wire(name, 1) for name in payload]
    return z3.Implies(kept, z3.And(wire(f"{channel}valid", 1), *same))


class RetractsItsResponse(LiteWrite):
    """Shows a response for one cycle only."""

    def elaborate(self, platform: object) -> Module:
        m = super().elaborate(platform)
        with m.If(self.axi.bvalid):
            m.d.sync += self.axi.bvalid.eq(0)
        return m


class TakesTwoAddresses(LiteRead):
    """Is ready while it still owes a word."""

    def elaborate(self, platform: object) -> Module:
        m = super().elaborate(platform)
        with m.If(self.axi.rvalid):
            m.d.sync += self.axi.arready.eq(1)
        return m


def test_writes():
    assert breach_of_writes(LiteWrite(5)) is None


def test_reads():
    assert breach_of_reads(LiteRead(5)) is None


def test_a_response_that_is_retracted_is_found():
    assert breach_of_writes(RetractsItsResponse(5)) is not None


def test_a_second_address_is_found():
    assert breach_of_reads(TakesTwoAddresses(5)) is not None


# ---------------------------------------------------------------------------------------- frames


def breach_of_frames(port: FramePort) -> str | None:
    """From any state, under any engine that keeps its own promise: a beat stays, frames end.

    The engine's promise: what is offered and not taken stays, and where a beat that is not the
    last is taken, the next is offered at once, unless it is reset. Ghost: a frame is open where a
    beat without tlast was taken last, which is what ``first`` must deny.
    """
    system = TransitionSystem.of(port)
    wire, solver = Signals(system), system.solver(2)
    first = system.solver(1, from_initial=True)
    base = counterexample(first, wire("axis__tuser", 0), z3.Not(wire("closing", 0)))
    if base is not None:
        return base
    last = system.widths["beat__payload"] - 1
    ends = z3.Extract(last, last, wire("beat__payload", 0)) == 1
    taken = wire.moves("axis__t", 0)
    same = wire("beat__payload", 0) == wire("beat__payload", 1)
    solver.add(
        z3.Not(wire("rst", 0)),
        z3.Implies(
            z3.And(wire("beat__valid", 0), z3.Not(taken), z3.Not(wire("reset", 0))),
            z3.And(wire("beat__valid", 1), same),
        ),
        z3.Implies(z3.And(taken, z3.Not(ends), z3.Not(wire("reset", 0))), wire("beat__valid", 1)),
        z3.Implies(wire("reset", 0), z3.Not(wire("beat__valid", 1))),
        _frames_consistent(wire, 0),
    )
    return counterexample(
        solver,
        _frames_consistent(wire, 1),
        _stays(wire, "axis__t", ("axis__tdata", "axis__tlast", "axis__tuser")),
        z3.Implies(taken, wire("axis__tuser", 1) == wire("axis__tlast", 0)),
        z3.Implies(z3.Not(taken), wire("axis__tuser", 1) == wire("axis__tuser", 0)),
        # Nothing but a whole frame, or none at all, is there when the engine is reset.
        z3.Implies(wire("reset", 0), wire("axis__tuser", 1)),
        # No beat but the one being offered, and one more, is left to a frame that ends early.
        z3.Implies(z3.And(wire("pending", 0), taken), z3.Or(wire("closing", 1), wire("reset", 0))),
    )


def _frames_consistent(wire: Signals, state: int) -> z3.BoolRef:
    """An open frame has a beat on offer, and only a pending restart closes one."""
    closing, pending = wire("closing", state), wire("pending", state)
    opened = z3.Not(wire("axis__tuser", state))
    return z3.And(
        z3.Implies(opened, wire("axis__tvalid", state)),
        z3.Implies(closing, z3.And(pending, opened)),
    )


class RetractsTheBeat(FramePort):
    """Offers nothing while a restart is asked for."""

    def elaborate(self, platform: object) -> Module:
        m = super().elaborate(platform)
        m.d.comb += self.axis.tvalid.eq(self.beat.valid & ~self.restart)
        return m


class ResetsAtOnce(FramePort):
    """Resets the engine whatever is being offered."""

    def elaborate(self, platform: object) -> Module:
        m = super().elaborate(platform)
        m.d.comb += self.reset.eq(self.restart)
        return m


@pytest.mark.parametrize("name", ["otf", "pool"])
def test_frames(name: str):
    assert breach_of_frames(FramePort(axi(name))) is None


@pytest.mark.parametrize("wrong", [RetractsTheBeat, ResetsAtOnce])
def test_a_frame_that_ends_wrongly_is_found(wrong: type[FramePort]):
    assert breach_of_frames(wrong(axi("otf"))) is not None


# ------------------------------------------------------------------------------------ interrupts


def loses_an_event(interrupts: Interrupts) -> str | None:
    """From any state: where an event is not pending afterwards, or a pending one goes uncleared.

    A random bench hardly ever clears an interrupt in the cycle in which it happens.
    """
    system = TransitionSystem.of(interrupts)
    wire, solver = Signals(system), system.solver(2)
    solver.add(z3.Not(wire("rst", 0)))
    event, clear, enable = (wire(name, 0) for name in ("events", "acknowledge", "enable"))
    before, after = wire("pending", 0), wire("pending", 1)
    return counterexample(
        solver,
        event & ~after == 0,
        before & ~clear & ~after == 0,
        clear & ~event & after == 0,
        ~before & ~event & after == 0,
        wire("irq", 1) == (before & enable != 0),
    )


class ClearWins(Interrupts):
    """Loses an event in the cycle in which it is cleared."""

    def elaborate(self, platform: object) -> Module:
        m = super().elaborate(platform)
        m.d.sync += self.pending.eq((self.pending | self.events) & ~self.acknowledge)
        return m


def test_an_event_wins_over_its_clearing():
    assert loses_an_event(Interrupts(6)) is None


def test_a_lost_event_is_found():
    assert loses_an_event(ClearWins(6)) is not None


# -------------------------------------------------------------------------------- the whole system

CYCLES = 32
CHANNELS = {
    "m_axis_t": ("m_axis_tdata", "m_axis_tlast", "m_axis_tuser"),
    "s_axi_r": ("s_axi_rdata", "s_axi_rresp"),
    "s_axi_b": ("s_axi_bresp",),
}


def unstable(system: TransitionSystem, cycles: int) -> str | None:
    """From power-up, whatever happens at any pin: where an offer changes or falls, but for resets.

    A manager may do as it likes, which is more than AXI allows it.
    """
    solver, claims = system.solver(cycles, from_initial=True), []
    wire = Signals(system)
    for state in range(cycles - 1):
        for channel, payload in CHANNELS.items():
            valid, ready = (wire(f"{channel}{pin}", state) for pin in ("valid", "ready"))
            kept = z3.And(wire("aresetn", state), valid, z3.Not(ready))
            same = [wire(name, state) == wire(name, state + 1) for name in payload]
            claims.append(z3.Implies(kept, z3.And(wire(f"{channel}valid", state + 1), *same)))
    return counterexample(solver, *claims)


@pytest.mark.slow
@pytest.mark.parametrize("name", GENERATORS)
def test_what_is_offered_stays(name: str):
    assert unstable(TransitionSystem.of(AXIWrapper(axi(name))), CYCLES) is None


@pytest.mark.slow
def test_that_many_cycles_reach_the_end_of_a_cut_frame():
    """Otherwise the proof above would say little."""
    system = TransitionSystem.of(AXIWrapper(axi("otf")))
    solver, wire = system.solver(CYCLES, from_initial=True), Signals(system)
    solver.add(*(wire("aresetn", state) for state in range(CYCLES)))
    cut = [
        z3.And(
            wire("frames.closing", s), wire("m_axis_tvalid", s), z3.Not(wire("m_axis_tready", s))
        )
        for s in range(CYCLES - 1)
    ]
    solver.add(z3.Or(*cut))
    assert solver.check() == z3.sat


@pytest.mark.slow
def test_an_offer_that_falls_is_found(monkeypatch):
    monkeypatch.setattr("pezo_hw.systems.axi.rtl.wrapper.FramePort", ResetsAtOnce)
    assert unstable(TransitionSystem.of(AXIWrapper(axi("otf"))), CYCLES) is not None
