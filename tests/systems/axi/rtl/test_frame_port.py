"""Frames, and every cycle at which a restart can ask for the end of one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from amaranth.sim import Simulator

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.systems.axi.parameters import AXIParameters
from pezo_hw.systems.axi.rtl.frame_port import FramePort
from tests.making import replay_of

BEATS = 4
CYCLES = 30


def port() -> FramePort:
    generator = OnTheFlyParameters(rngs=3, width=4)
    return FramePort(
        AXIParameters(replay=replay_of(generator), fixed_point=generator.fixed_point, family_code=1)
    )


def run(tready: list[int], *, restart: int | None = None, first: int = 2):
    """Drives frames of four beats, and gives the transfers and the cycles in which reset is high.

    The engine's payload counts; a reset begins a frame anew three cycles later. A transfer is
    (cycle, payload's number, tlast, tuser).
    """
    dut, transfers, resets = port(), [], []
    layout = dut.beat.payload.shape()

    async def testbench(context):
        number, silent = 0, first
        for cycle in range(CYCLES):
            valid = silent == 0
            silent = max(0, silent - 1)
            context.set(dut.beat.valid, valid)
            mantissa = number % 8
            beat = {"mantissa": mantissa, "code": 0, "last": number % BEATS == BEATS - 1}
            context.set(dut.beat.payload, {key: beat[key] for key in layout.members})
            context.set(dut.axis.tready, tready[cycle % len(tready)])
            context.set(dut.restart, cycle == restart)
            moved = valid and context.get(dut.axis.tready)
            assert context.get(dut.beat.ready) == context.get(dut.axis.tready)
            assert context.get(dut.axis.tvalid) == valid
            assert not valid or context.get(dut.axis.tdata) & 15 == mantissa
            if moved:
                flags = (context.get(dut.axis.tlast), context.get(dut.axis.tuser))
                transfers.append((cycle, number, *flags))
                number += 1
            if context.get(dut.reset):
                resets.append(cycle)
                number, silent = 0, 3
            await context.tick()

    simulator = Simulator(dut)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    return transfers, resets


def test_frames_without_a_restart():
    transfers, resets = run([1])
    assert resets == []
    assert [cycle for cycle, *_ in transfers] == list(range(2, CYCLES))
    for _, number, last, user in transfers:
        assert (last, user) == (number % BEATS == BEATS - 1, number % BEATS == 0)


@pytest.mark.parametrize("tready", [[1], [0, 1], [0, 0, 1], [1, 1, 0]])
def test_a_restart_in_every_cycle(tready: list[int]):
    for restart in range(CYCLES - 12):
        transfers, resets = run(tready, restart=restart)
        assert len(resets) == 1, restart
        (reset,) = resets
        before = [one for one in transfers if one[0] <= reset]
        after = [one for one in transfers if one[0] > reset]
        # The frame has an end, two beats after the restart at the latest, and the next a begin.
        assert not before or before[-1][2] == 1, restart
        assert sum(cycle > restart for cycle, *_ in before) <= 2, restart
        assert after[0][1] == 0
        assert after[0][3] == 1
        for sequence in (before, after):
            for (_, _, last, _), (_, _, _, user) in pairwise(sequence):
                assert last == user, restart


def test_a_restart_where_no_beat_is_offered_is_at_once():
    assert run([1], restart=0, first=8)[1] == [1]


def test_a_receiver_that_has_stopped_is_waited_for():
    transfers, resets = run([0], restart=5)
    assert (transfers, resets) == ([], [])
