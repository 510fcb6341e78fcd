"""The interrupts' bits, cycle by cycle."""

from __future__ import annotations

from itertools import product

from amaranth.sim import Simulator

from pezo_hw.systems.axi.rtl.interrupts import Interrupts


def waveform(width: int, stimulus: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """(pending, irq) in the cycle of each (events, enable, acknowledge), before its edge."""
    interrupts, seen = Interrupts(width), []

    async def testbench(context):
        for events, enable, acknowledge in stimulus:
            context.set(interrupts.events, events)
            context.set(interrupts.enable, enable)
            context.set(interrupts.acknowledge, acknowledge)
            seen.append((context.get(interrupts.pending), context.get(interrupts.irq)))
            await context.tick()

    simulator = Simulator(interrupts)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    return seen


def test_an_event_from_its_cycle_to_its_acknowledgement():
    quiet, event, acknowledge = (0, 1, 0), (1, 1, 0), (0, 1, 1)
    stimulus = [quiet, event, quiet, quiet, acknowledge, quiet, quiet]
    assert waveform(1, stimulus) == [(0, 0), (0, 0), (1, 0), (1, 1), (1, 1), (0, 1), (0, 0)]


def test_an_event_wins_over_its_acknowledgement():
    stimulus = [(1, 1, 0), (1, 1, 1), (0, 1, 0), (0, 1, 0)]
    assert waveform(1, stimulus) == [(0, 0), (1, 0), (1, 1), (1, 1)]


def test_a_bit_that_is_not_enabled_is_kept_and_raises_nothing():
    stimulus = [(1, 0, 0), (0, 0, 0), (0, 0, 0), (0, 1, 0), (0, 1, 0)]
    assert waveform(1, stimulus) == [(0, 0), (1, 0), (1, 0), (1, 0), (1, 1)]


def test_every_state_and_input_of_two_bits():
    """After each pending state, every input: the next state, bit by bit."""
    for start, events, enable, acknowledge in product(range(4), repeat=4):
        stimulus = [(start, 0, 0), (events, enable, acknowledge), (0, 0, 0)]
        _, (pending, _), (then, irq) = waveform(2, stimulus)
        assert pending == start
        for bit in range(2):
            had, event, cleared = (value >> bit & 1 for value in (start, events, acknowledge))
            assert then >> bit & 1 == (event or (had and not cleared))
        assert irq == bool(start & enable)
