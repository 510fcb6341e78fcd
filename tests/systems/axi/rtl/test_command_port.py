"""The port of commands, at both ends of its range and at each borrow."""

from __future__ import annotations

from amaranth.sim import Simulator

from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.axi.rtl.command_port import CommandPort
from tests.making import replay_of

COUNT_BITS, LANES = 11, 4
MOST = 2**COUNT_BITS
# Every number of beats that can be asked for, and what lies around them and far above.
BEATS = [*range(MOST + 3), 2 * MOST, 3 * MOST, MOST << 16, 2**32 - 1]


def port_of_a_pool() -> CommandPort:
    """One that knows of unused numbers: 0 to 3 of 4 lanes."""
    pool = PreGeneratedParameters(pool=31, lanes=LANES, width=6, leftover="number")
    return CommandPort(replay_of(pool, SystemOptions(count_bits=COUNT_BITS)))


def commands(port: CommandPort, asked: list[tuple[int, int]], *, ready: int = 1):
    """What comes out for each (beats, unused): (valid, length, unused, replay, dropped)."""
    seen = []

    async def testbench(context):
        for index, (beats, unused) in enumerate(asked):
            context.set(port.beats, beats)
            context.set(port.unused, unused)
            context.set(port.again, index % 2)
            context.set(port.write, 0)
            for _ in range(2):
                await context.tick()
                silent = (context.get(port.command.valid), context.get(port.dropped))
                assert silent == (0, 0)
            context.set(port.write, 1)
            context.set(port.command.ready, ready)
            payload = port.command.payload
            pins = (port.command.valid, payload.length, payload.unused, payload.replay)
            seen.append((*(context.get(pin) for pin in pins), context.get(port.dropped)))

    simulator = Simulator(port)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    return seen


def test_every_number_of_beats():
    port = port_of_a_pool()
    assert len(port.command.payload.length) == COUNT_BITS
    seen = commands(port, [(beats, 0) for beats in BEATS])
    for index, (beats, (valid, length, _, replay, dropped)) in enumerate(
        zip(BEATS, seen, strict=True)
    ):
        in_range = 1 <= beats <= MOST
        assert (valid, dropped, replay) == (in_range, not in_range, index % 2)
        assert not in_range or length == beats - 1


def test_as_many_unused_numbers_as_there_are_other_lanes():
    asked = [(5, unused) for unused in (0, 1, 2, 3, 4, 5, 7, 8, 2**15, 2**16 - 1)]
    for (_, unused), (valid, length, out, _, dropped) in zip(
        asked, commands(port_of_a_pool(), asked), strict=True
    ):
        assert (valid, dropped) == (unused < LANES, unused >= LANES)
        assert not valid or (length, out) == (4, unused)


def test_a_command_that_is_not_taken_is_gone():
    port = port_of_a_pool()
    assert commands(port, [(1, 0)], ready=0) == [(1, 0, 0, 0, 1)]
    assert commands(port, [(0, 0)], ready=0) == [(0, 2**COUNT_BITS - 1, 0, 0, 1)]
