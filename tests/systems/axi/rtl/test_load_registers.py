"""Writes of a load's registers that are taken, refused or dropped."""

from __future__ import annotations

from amaranth.sim import Simulator

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.axi.parameters import AXIParameters
from pezo_hw.systems.axi.rtl.wrapper import AXIWrapper
from pezo_hw.verify.amaranth_simulator import Pins
from tests.making import replay_of

_LOAD_CONTROL, _LOAD_DATA, _INTERRUPT_STATUS = 0x64, 0x68, 0x5C
_DROPPED, _REFUSED = 2, 32


def events_after(load: str, *writes: tuple[int, int]) -> int:
    """INTERRUPT_STATUS a few cycles after writes to a system that loads so much."""
    options = SystemOptions(load=load)
    generator = OnTheFlyParameters(rngs=3, width=4)
    system = AXIWrapper(
        AXIParameters(
            replay=replay_of(generator, options),
            fixed_point=generator.fixed_point,
            family_code=1,
        )
    )
    pins, seen = Pins(system, "aclk"), []

    async def testbench(context):
        async def tick(count=1):
            for _ in range(count):
                await context.tick(pins.domain.name)

        context.set(system.aresetn, 1)
        context.set(system.s_axi_wstrb, 15)
        context.set(system.s_axi_bready, 1)
        await tick(4)
        for address, word in writes:
            context.set(system.s_axi_awaddr, address)
            context.set(system.s_axi_wdata, word)
            context.set(system.s_axi_awvalid, 1)
            context.set(system.s_axi_wvalid, 1)
            while not (context.get(system.s_axi_awready) and context.get(system.s_axi_wready)):
                await tick()
            await tick()
            context.set(system.s_axi_awvalid, 0)
            context.set(system.s_axi_wvalid, 0)
            await tick(6)
        context.set(system.s_axi_araddr, _INTERRUPT_STATUS)
        context.set(system.s_axi_arvalid, 1)
        while not context.get(system.s_axi_rvalid):
            await tick()
        seen.append(context.get(system.s_axi_rdata))

    simulator = Simulator(pins.module())
    simulator.add_clock(1e-6, domain=pins.domain.name)
    simulator.add_testbench(testbench)
    simulator.run()
    return seen[0]


def test_contents_that_cannot_be_loaded_are_refused_and_not_dropped():
    assert events_after("phase", (_LOAD_CONTROL, 1)) == _REFUSED


def test_a_load_that_begins_is_neither():
    assert events_after("phase", (_LOAD_CONTROL, 0)) == 0
    assert events_after("contents", (_LOAD_CONTROL, 1), (_LOAD_DATA, 5)) == 0


def test_a_word_that_nobody_wants_is_dropped():
    assert events_after("phase", (_LOAD_DATA, 5)) == _DROPPED
    assert events_after("none", (_LOAD_CONTROL, 0)) == _DROPPED
