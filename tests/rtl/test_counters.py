"""The counters of rtl over a whole period; that they equal plain ones is proven in tests/formal."""

from __future__ import annotations

import random

import pytest
from amaranth.hdl import Module, Signal
from amaranth.sim import Simulator

from pezo_hw.rtl.fill_counter import FillCounter
from pezo_hw.rtl.split_counter import SplitCounter, add_event_count


def run(component, testbench) -> None:
    simulator = Simulator(component)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()


@pytest.mark.slow
def test_a_split_counter_goes_round():
    """13 bits are two parts; a step every second clock cycle, as fast as they may come."""
    counter, bits = SplitCounter(13), 13

    async def testbench(context):
        for steps in range(2**bits + 3):
            assert context.get(counter.count) == steps % 2**bits
            context.set(counter.step, 1)
            await context.tick()
            context.set(counter.step, 0)
            await context.tick()
        context.set(counter.clear, 1)
        await context.tick()
        assert context.get(counter.count) == 0

    run(counter, testbench)


@pytest.mark.parametrize("bits", [1, 2, 3, 8])
def test_events_are_counted_as_fast_as_they_come(bits: int):
    m, event, clear = Module(), Signal(), Signal()
    events = Signal(bits)
    m.d.comb += events.eq(add_event_count(m, "events", bits=bits, event=event, clear=clear))
    chosen, rounds = random.Random(bits), 3

    async def testbench(context):
        count = 0
        for cycle in range(rounds << bits):
            happens = cycle < 2 << bits or chosen.random() < 0.5
            clears = cycle > 2 << bits and chosen.random() < 1 / 8
            context.set(event, happens)
            context.set(clear, clears)
            assert context.get(events) == count, cycle
            await context.tick()
            count = 0 if clears else (count + happens) % (1 << bits)

    run(m, testbench)


@pytest.mark.parametrize("latency", [1, 2, 5])
def test_valid_rises_after_as_many_enabled_edges(latency: int):
    fill = FillCounter(latency)

    async def testbench(context):
        for cycle in range(3 * latency + 3):
            enabled = cycle // 2 + cycle % 2
            assert context.get(fill.valid) == (enabled >= latency), cycle
            context.set(fill.en, cycle % 2 == 0)
            await context.tick()

    run(fill, testbench)
