"""Both halves of the AXI4-Lite subordinate, cycle by cycle and for every order of transfers."""

from __future__ import annotations

from itertools import product

import pytest
from amaranth.lib.wiring import Component
from amaranth.sim import Simulator

from pezo_hw.systems.axi.rtl.lite_read import LiteRead
from pezo_hw.systems.axi.rtl.lite_write import LiteWrite
from pezo_hw.systems.axi.rtl.signatures import OKAY, SLVERR

INDEX_BITS = 5
IN_MAP = [4 * index for index in range(2**INDEX_BITS)]
NOT_IN_MAP = [1, 2, 3, 0x7F, 0x80, 0x84, 0x100, 0x800, 0xFFC, 0xFFF]


def simulate(dut: Component, testbench) -> None:
    simulator = Simulator(dut)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()


def test_a_read_in_each_cycle():
    """Ready two cycles after the reset; the word two after the address; then again."""
    half, seen = LiteRead(INDEX_BITS), []

    async def testbench(context):
        context.set(half.axi.arvalid, 1)
        context.set(half.axi.araddr, 0x14)
        context.set(half.axi.rready, 1)
        context.set(half.bus.read_allowed, 1)
        for cycle in range(9):
            context.set(half.bus.read_data, 100 + cycle)
            pins = (half.axi.arready, half.axi.rvalid, half.axi.rdata)
            seen.append(tuple(context.get(pin) for pin in pins))
            await context.tick()

    simulate(half, testbench)
    assert [pins[0] for pins in seen] == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert [pins[1] for pins in seen] == [0, 0, 0, 1, 0, 0, 0, 1, 0]
    # The register as it is in the cycle after the address.
    assert (seen[3][2], seen[7][2]) == (102, 106)


@pytest.mark.parametrize("errors", [True, False])
def test_every_address_that_is_read(errors: bool):
    half = LiteRead(INDEX_BITS, errors=errors)

    async def testbench(context):
        for (address, allowed), waits in product(product(IN_MAP + NOT_IN_MAP, (0, 1)), (0, 3)):
            context.set(half.bus.read_allowed, allowed)
            context.set(half.bus.read_data, 0xABCD0000 | address)
            context.set(half.axi.araddr, address)
            context.set(half.axi.arvalid, 1)
            await context.tick().until(half.axi.arready)
            context.set(half.axi.arvalid, 0)
            await context.tick().until(half.axi.rvalid)
            good = address in IN_MAP and allowed
            expected = (0xABCD0000 | address, OKAY) if good else (0, SLVERR if errors else OKAY)
            for _ in range(waits + 1):
                assert context.get(half.axi.rvalid)
                assert (context.get(half.axi.rdata), context.get(half.axi.rresp)) == expected
                context.set(half.bus.read_data, 0)
                await context.tick()
            context.set(half.axi.rready, 1)
            await context.tick()
            context.set(half.axi.rready, 0)
            assert not context.get(half.axi.rvalid)

    simulate(half, testbench)


def test_a_write_in_each_cycle():
    """Both readies two cycles after the reset; written in the next; the response after it."""
    half, seen = LiteWrite(INDEX_BITS), []

    async def testbench(context):
        pins = (half.axi.awvalid, half.axi.wvalid, half.axi.bready, half.bus.write_allowed)
        for pin in pins:
            context.set(pin, 1)
        context.set(half.axi.awaddr, 0x14)
        context.set(half.axi.wdata, 99)
        context.set(half.axi.wstrb, 15)
        for _ in range(9):
            axi, bus = half.axi, half.bus
            pins = (axi.awready, axi.wready, bus.write, axi.bvalid, bus.write_index, bus.write_data)
            seen.append(tuple(context.get(pin) for pin in pins))
            await context.tick()

    simulate(half, testbench)
    assert [pins[0] for pins in seen] == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert [pins[1] for pins in seen] == [pins[0] for pins in seen]
    assert [pins[2] for pins in seen] == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert [pins[3] for pins in seen] == [0, 0, 0, 1, 0, 0, 0, 1, 0]
    assert seen[2][4:] == seen[6][4:] == (5, 99)


@pytest.mark.parametrize("errors", [True, False])
def test_writes_in_every_order_with_every_strobe(errors: bool):
    half = LiteWrite(INDEX_BITS, errors=errors)
    addresses = [0, 4, 0x7C, *NOT_IN_MAP]
    writes = []

    async def watcher(context):
        while True:
            _, _, write, index, word = await context.tick().sample(
                half.bus.write, half.bus.write_index, half.bus.write_data
            )
            if write:
                writes.append((index, word))

    async def testbench(context):
        for address, strobes, allowed, order in product(
            addresses, (0, 7, 14, 15), (0, 1), ("together", "address", "data")
        ):
            writes.clear()
            context.set(half.bus.write_allowed, allowed)
            context.set(half.axi.awaddr, address)
            context.set(half.axi.wdata, 0xFEED0000 | address)
            context.set(half.axi.wstrb, strobes)
            await _transfer(context, half, order)
            assert context.get(half.axi.bvalid)
            reaches = address in IN_MAP and strobes == 15
            assert writes == [(address // 4, 0xFEED0000 | address)] * reaches
            answer = OKAY if (reaches and allowed) or not errors else SLVERR
            assert context.get(half.axi.bresp) == answer
            context.set(half.axi.bready, 1)
            await context.tick()
            context.set(half.axi.bready, 0)
            assert not context.get(half.axi.bvalid)

    simulator = Simulator(half)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.add_testbench(watcher, background=True)
    simulator.run()


async def _transfer(context, half: LiteWrite, order: str) -> None:
    """Both transfers, one after the other where one is first."""
    address, word = (half.axi.awvalid, half.axi.awready), (half.axi.wvalid, half.axi.wready)
    steps = {
        "together": [(address, word)],
        "address": [(address,), (word,)],
        "data": [(word,), (address,)],
    }[order]
    for step in steps:
        for valid, _ in step:
            context.set(valid, 1)
        await context.tick().until(step[0][1])
        for valid, _ in step:
            context.set(valid, 0)
        for _ in range(3):  # a second one is not taken before the response is
            assert not any(context.get(ready) for _, ready in step)
            await context.tick()
