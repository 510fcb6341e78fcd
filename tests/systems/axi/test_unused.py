"""What a command leaves unused starts the next perturbation, behind the registers as well."""

from __future__ import annotations

import math

import pytest
from amaranth.hdl import ClockDomain, ClockSignal, Module
from amaranth.sim import Simulator

from pezo_hw.config import parse
from pezo_hw.registers import register_map
from pezo_hw.systems.registry import SYSTEMS
from tests.cases import POOL
from tests.reference import PreGenerated

ADDRESS = {register.name: register.address for register in register_map().registers}
SMALL = "pool = 31\nlanes = 8\nwidth = 6\n"


class Host:
    """Writes the registers of a system, and takes every beat of its frames."""

    def __init__(self, text: str, commands: list[tuple[str, int]]) -> None:
        config = parse(text, name="case")
        self.lanes = config.parameters.lanes
        self.device = SYSTEMS["axi"].create(config)
        self.slot = len(self.device.m_axis_tdata) // self.lanes
        self.commands = commands
        self.frames: list[list[int]] = [[]]
        self.interrupts = 0
        self.bits = config.parameters.fixed_point.bits
        top = Module()
        top.submodules.device = self.device
        top.domains.host = ClockDomain("host", reset_less=True)
        top.d.comb += self.device.aclk.eq(ClockSignal("host"))
        simulator = Simulator(top)
        simulator.add_clock(1e-6, domain="host")
        simulator.add_testbench(self._write_all)
        simulator.add_testbench(self._take, background=True)
        simulator.run()

    async def _write_all(self, ctx) -> None:
        ctx.set(self.device.aresetn, 1)
        for register, word in self.commands:
            await self._write(ctx, ADDRESS[register], word)
        await ctx.tick("host").repeat(20)
        ctx.set(self.device.s_axi_araddr, ADDRESS["INTERRUPT_STATUS"])
        ctx.set(self.device.s_axi_arvalid, 1)
        ctx.set(self.device.s_axi_rready, 1)
        await ctx.tick("host").until(self.device.s_axi_rvalid)
        self.interrupts = ctx.get(self.device.s_axi_rdata)

    async def _write(self, ctx, address: int, word: int) -> None:
        device = self.device
        ctx.set(device.s_axi_awaddr, address)
        ctx.set(device.s_axi_wdata, word)
        ctx.set(device.s_axi_wstrb, 15)
        for pin in (device.s_axi_awvalid, device.s_axi_wvalid, device.s_axi_bready):
            ctx.set(pin, 1)
        await ctx.tick("host").until(device.s_axi_awready & device.s_axi_wready)
        ctx.set(device.s_axi_awvalid, 0)
        ctx.set(device.s_axi_wvalid, 0)
        await ctx.tick("host").until(device.s_axi_bvalid)

    async def _take(self, ctx) -> None:
        device = self.device
        ctx.set(device.m_axis_tready, 1)
        while True:
            _, _, valid, word, last = await ctx.tick("host").sample(
                device.m_axis_tvalid, device.m_axis_tdata, device.m_axis_tlast
            )
            if valid:
                self.frames[-1] += [self._number(word, lane) for lane in range(self.lanes)]
            if valid and last:
                self.frames.append([])

    def _number(self, word: int, lane: int) -> int:
        slot = word >> lane * self.slot & (1 << self.slot) - 1
        return slot - (slot >> (self.slot - 1) << self.slot)


def expected(pool: list[int], starts: list[int], size: int) -> list[list[int]]:
    return [[pool[(start + i) % len(pool)] for i in range(size)] for start in starts]


def test_every_command_says_anew_what_it_leaves_over():
    commands, starts, position = [("BEATS", 2)], [], 0
    for unused in (0, 7, 3, 3, 5):
        commands += [("UNUSED", unused), ("COMMAND", 0)]
        starts.append(position)
        position += 16 - unused
    host = Host(POOL + SMALL, commands)
    pool, _ = PreGenerated(pool=31, width=6, lanes=8).numbers()
    assert host.frames[:-1] == expected(pool, starts, 16)
    assert host.interrupts == 1


def test_more_than_a_beat_leaves_is_dropped_and_said():
    commands = [("BEATS", 1), ("UNUSED", 8), ("COMMAND", 0), ("UNUSED", 1 << 15), ("COMMAND", 0)]
    host = Host(POOL + SMALL, [*commands, ("UNUSED", 7), ("COMMAND", 0)])
    pool, _ = PreGenerated(pool=31, width=6, lanes=8).numbers()
    assert host.frames[:-1] == expected(pool, [0], 8)
    assert host.interrupts == 0b11


@pytest.mark.slow
def test_the_presets_pool_gives_every_perturbation_that_there_is():
    """A whole orbit of commands, and the first one again."""
    length = 26
    different = 4095 // math.gcd(4095, length)
    # Two writes between two commands give the first one the time that its beats take.
    perturbation = [("BEATS", 4), ("UNUSED", 6), ("COMMAND", 0)]
    host = Host(POOL, perturbation * (different + 1))
    pool, _ = PreGenerated().numbers()
    frames = host.frames[:-1]
    assert frames == expected(pool, [index * length for index in range(different + 1)], 32)
    assert len({tuple(frame[:length]) for frame in frames}) == different
    assert frames[-1] == frames[0]
