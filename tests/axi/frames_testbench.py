"""Commands through the registers, frames against the golden stream."""

from __future__ import annotations

import os
import random

import cocotb
from cocotb.triggers import ClockCycles, FallingEdge, First, RisingEdge, Timer

from pezo_hw.systems.replay.parameters import ReplayParameters
from tests.axi.device import DONE, DROPPED, Device, in_simulation

BUSY = 2


class Story:
    """Where the next perturbation starts, told from the commands given."""

    def __init__(self) -> None:
        self.position = self.mark = self.perturbations = self.transfers = 0

    def give(self, beats: int, *, replay: bool) -> int:
        """Where a command of so many beats starts."""
        if replay:
            self.position = self.mark
        else:
            self.mark = self.position
            self.perturbations += 1
        start = self.position
        self.position += beats
        self.transfers += beats
        return start


@in_simulation
async def frames_are_the_golden_stream(dut):
    """Any order of NEW and REPLAY, pauses on every channel."""
    device, story, source = await Device.started(dut), Story(), random.Random(1)
    device.pause_everything(4)
    lead = ReplayParameters.of(device.config).lead
    for _ in range(60):
        beats = source.randint(1, source.choice([3, 3 * lead]))
        replay = source.random() < 1 / 2
        await device.ready()
        await device.command(beats, replay=replay)
        start = story.give(beats, replay=replay)
        assert await device.frame() == device.golden(start, beats)
        assert await device.read("PERTURBATIONS") == story.perturbations
        assert await device.read("TRANSFERS") == story.transfers
    assert device.monitor.cycles > 1000


@in_simulation
async def a_replay_is_the_same_frame(dut):
    """The four passes of a two-sided step, by the register alone."""
    device = await Device.started(dut)
    device.pause_everything(5)
    await device.write("BEATS", 37)
    seen = []
    for replay in (0, 1, 1, 1, 0):
        await device.ready()
        await device.write("COMMAND", replay)
        seen.append(await device.frame())
    assert seen[0] == seen[1] == seen[2] == seen[3] == device.golden(0, 37)
    assert seen[4] == device.golden(37, 37)


@in_simulation
async def a_command_that_cannot_be_taken_is_dropped(dut):
    device = await Device.started(dut)
    most = 1 << device.config.system.count_bits
    for beats in (0, most + 1, 0xFFFFFFFF):
        await device.command(beats, replay=False)
        assert await device.read("INTERRUPT_STATUS") == DROPPED
        await device.write("INTERRUPT_STATUS", DROPPED)
        assert await device.read("INTERRUPT_STATUS") == 0
    device.sink.pause = True
    await device.command(5, replay=False)
    assert await device.read("STATUS") == BUSY
    await device.command(7, replay=True)
    assert await device.read("INTERRUPT_STATUS") == DROPPED
    device.sink.pause = False
    assert await device.frame() == device.golden(0, 5)
    assert await device.read("INTERRUPT_STATUS") == DROPPED | DONE
    assert await device.read("PERTURBATIONS") == 1
    for name in ("LOAD_CONTROL", "LOAD_DATA"):
        await device.write("INTERRUPT_STATUS", 0x3F)
        await device.write(name, 1)
        assert await device.read("INTERRUPT_STATUS") == DROPPED
    assert device.sink.empty()


@in_simulation
async def an_interrupt_stays_until_it_is_cleared(dut):
    device = await Device.started(dut)
    await device.command(3, replay=False)
    await device.frame()
    assert await device.read("INTERRUPT_STATUS") == DONE
    assert not dut.irq.value
    await device.write("INTERRUPT_ENABLE", DROPPED)
    await ClockCycles(dut.aclk, 2)
    assert not dut.irq.value
    await device.write("INTERRUPT_ENABLE", DONE)
    await ClockCycles(dut.aclk, 2)
    assert dut.irq.value
    await device.write("INTERRUPT_STATUS", DROPPED)
    await ClockCycles(dut.aclk, 2)
    assert dut.irq.value
    await device.write("INTERRUPT_STATUS", DONE)
    await ClockCycles(dut.aclk, 2)
    assert not dut.irq.value
    await device.command(3, replay=True)
    await First(RisingEdge(dut.irq), Timer(10, "us"))
    assert dut.irq.value
    await device.write("CONTROL", 1)
    assert await device.read("INTERRUPT_STATUS") == DONE
    assert await device.read("INTERRUPT_ENABLE") == DONE


@in_simulation
async def a_restart_ends_the_frame_and_starts_again(dut):
    """At any moment, under back-pressure; what is received is a golden beginning, whole or cut."""
    device, source = await Device.started(dut), random.Random(2)
    device.pause_everything(6)
    lead = ReplayParameters.of(device.config).lead
    cut = 0
    for _ in range(60):
        await device.ready()
        beats = source.randint(1, 100 + lead)
        await device.command(beats, replay=source.random() < 1 / 2)
        await ClockCycles(dut.aclk, source.randrange(2 * lead + 60))
        await device.write("CONTROL", 1)
        await device.ready()
        await ClockCycles(dut.aclk, 3)
        frames = [await device.frame() for _ in range(device.sink.count())]
        assert len(frames) <= 1
        for frame in frames:
            assert frame == device.golden(0, len(frame))
            assert len(frame) <= beats
            cut += len(frame) < beats
        assert await device.read("STATUS") == 1
        assert await device.read("PERTURBATIONS") == await device.read("TRANSFERS") == 0
        assert await device.read("BEATS") == beats
    assert cut > 10


@in_simulation
async def a_restart_waits_for_the_beat_that_is_offered(dut):
    """One beat more, with tlast; not before the one on offer is taken."""
    device = await Device.started(dut)
    device.sink.pause = True
    await device.command(20, replay=False)
    while not dut.m_axis_tvalid.value:
        await RisingEdge(dut.aclk)
    await device.write("CONTROL", 1)
    await ClockCycles(dut.aclk, 50)
    assert await device.read("STATUS") == BUSY
    device.sink.pause = False
    assert await device.frame() == device.golden(0, 2)
    await device.ready()
    assert await device.read("INTERRUPT_STATUS") == 0
    await device.command(20, replay=False)
    assert await device.frame() == device.golden(0, 20)


@in_simulation
async def latencies_are_as_documented(dut):
    """Counted at the pins, from the transfer of a command to its first beat."""
    device = await Device.started(dut)
    lead = ReplayParameters.of(device.config).lead
    for replay, expected in ((False, 2), (True, 2 + lead)):
        await device.ready()
        await device.write("BEATS", 5)
        watch = cocotb.start_soon(cycles_from_command_to_beat(dut))
        await device.write("COMMAND", int(replay))
        assert await watch == expected
        await device.frame()


async def cycles_from_command_to_beat(dut) -> int:
    """Clock cycles from the one in which a write is whole to the one with the first beat."""
    address = word = False
    while not (address and word):
        await FallingEdge(dut.aclk)
        address |= dut.s_axi_awvalid.value == 1 and dut.s_axi_awready.value == 1
        word |= dut.s_axi_wvalid.value == 1 and dut.s_axi_wready.value == 1
    cycles = 0
    while not dut.m_axis_tvalid.value:
        await FallingEdge(dut.aclk)
        cycles += 1
    return cycles


@in_simulation
async def a_reset_drops_everything(dut):
    device, source = await Device.started(dut), random.Random(3)
    device.pause_everything(7)
    for _ in range(10):
        await device.command(100, replay=False)
        await ClockCycles(dut.aclk, source.randrange(200))
        dut.aresetn.value = 0
        await ClockCycles(dut.aclk, 3)
        assert not dut.m_axis_tvalid.value
        assert not dut.s_axi_bvalid.value
        assert not dut.s_axi_rvalid.value
        dut.aresetn.value = 1
        device.sink.clear()
        await device.ready()
        assert await device.read("BEATS") == 1
        await device.command(9, replay=False)
        assert await device.frame() == device.golden(0, 9)


if "PEZO_TEST_CONFIG" not in os.environ:
    raise ImportError("runs inside a simulation only")
