"""A bit flips while a load is under way: the load goes first, and what follows is golden."""

from __future__ import annotations

import pytest
from amaranth.hdl import Fragment
from amaranth.sim import Simulator

from pezo_hw.generators.on_the_fly.load_words import phase_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.replay.rtl.sequencer import ReplaySequencer
from tests.cases import mostly_slow
from tests.making import generator_of, replay_of

GENERATOR = OnTheFlyParameters(rngs=3, width=4)
START, BEATS = 7, 5
# Clock cycles after the load's last word: within its check and its effect, and behind them.
MOMENTS = range(1, 80)
QUICK = MOMENTS[::13]


def run(moment: int) -> tuple[list[int], list[str]]:
    """The mantissas of the two commands after the load, and the events from first to last."""
    options = SystemOptions(load="phase", health="reload")
    engine = ReplaySequencer(replay_of(GENERATOR, options))
    fragment = Fragment.get(engine, None)
    state = _bank_state(fragment)
    events: list[str] = []
    beats: list[int] = []

    async def testbench(context):
        async def tick():
            pins = {"load.done": engine.load.done, "fault": engine.fault}
            for name, pin in (pins | {"reloaded": engine.reloaded}).items():
                if context.get(pin):
                    events.append(name)
            await context.tick()

        async def command(length, replay):
            context.set(engine.command.payload.length, length - 1)
            context.set(engine.command.payload.replay, replay)
            context.set(engine.command.valid, 1)
            while not context.get(engine.command.ready):
                await tick()
            await tick()
            context.set(engine.command.valid, 0)
            taken = []
            while context.get(engine.busy):
                if context.get(engine.o.valid):
                    taken.append(context.get(engine.o.payload.mantissa))
                await tick()
            return taken

        context.set(engine.reload, 1)
        context.set(engine.o.ready, 1)
        await command(4, False)
        context.set(engine.load.begin, 1)
        await tick()
        context.set(engine.load.begin, 0)
        for word in phase_words(GENERATOR, START):
            context.set(engine.load.data.payload, word)
            context.set(engine.load.data.valid, 1)
            await tick()
        context.set(engine.load.data.valid, 0)
        for _ in range(moment):
            await tick()
        context.set(state, context.get(state) ^ 1 << 5)
        while context.get(engine.load.busy):
            await tick()
        beats.extend(await command(BEATS, False))
        for _ in range(60):
            await tick()
        beats.extend(await command(BEATS, False))

    simulator = Simulator(fragment)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    return beats, events


def _bank_state(fragment):
    (core,) = (part for part, name, *_ in fragment.subfragments if name == "core")
    (bank,) = (part for part, name, *_ in core.subfragments if name == "bank")
    (state,) = (s for s in bank.statements["sync"]._lhs_signals() if s.name == "state")
    return state


def golden(first: int, count: int) -> list[int]:
    rows = generator_of(GENERATOR).stream().window(first, count).mantissa.tolist()
    width = GENERATOR.width
    return [sum((n & 15) << i * width for i, n in enumerate(row)) for row in rows]


@pytest.mark.parametrize("moment", mostly_slow(MOMENTS, *QUICK))
def test_what_follows_is_golden(moment):
    beats, events = run(moment)
    assert sorted(events) == ["fault", "load.done", "reloaded"]
    assert events.index("fault") < events.index("reloaded")
    if events[-2:] == ["load.done", "reloaded"]:
        assert beats == golden(START, 2 * BEATS)
    else:  # it shows in the command after the load, and the next one gives that again
        assert beats[BEATS:] == golden(START, BEATS)


def test_the_moments_are_before_and_after_the_load_s_end():
    ends = {run(moment)[1][-2] for moment in (MOMENTS[0], MOMENTS[-1])}
    assert ends == {"load.done", "fault"}
