"""Functions of bits, against the same on whole numbers."""

from __future__ import annotations

import random

import pytest
from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out
from amaranth.sim import Simulator

from pezo_hw.emit import emit_verilog
from pezo_hw.rtl.functions import carried, incremented, reaches
from pezo_hw.synth.levels import longest_path
from pezo_hw.synth.mapping import synthesise

# The widest of two levels, and one more, which is a carry chain.
WIDTHS = (1, 2, 6, 7, 11, 12, 15, 16, 20, 21, 22, 30)


def telling(bits: int) -> list[int]:
    """Every number of a few bits; of more those whose carry runs to any place, and others."""
    if bits <= 7:
        return list(range(1 << bits))
    chosen = random.Random(bits)
    runs = [(1 << place) - 1 for place in range(bits + 1)]
    broken = [run ^ 1 << chosen.randrange(bits) for run in runs]
    above = [run | chosen.getrandbits(bits) << run.bit_length() for run in runs]
    return [number & (1 << bits) - 1 for number in (*runs, *broken, *above)]


@pytest.mark.parametrize("bits", WIDTHS)
def test_one_more(bits: int):
    m, value = Module(), Signal(bits)
    more, carry = Signal(bits), Signal(bits + 1)
    m.d.comb += [more.eq(incremented(value)), carry.eq(carried(value))]

    async def testbench(context):
        for number in telling(bits):
            context.set(value, number)
            assert context.get(carry) == number + 1
            assert context.get(more) == (number + 1) % (1 << bits), number

    simulator = Simulator(m)
    simulator.add_testbench(testbench)
    simulator.run()


@pytest.mark.parametrize("limit", [1, 4, 6, 31, 32, 33])
def test_a_limit_is_known_by_its_ones(limit: int):
    m, value, reached = Module(), Signal(range(limit + 1)), Signal()
    m.d.comb += reached.eq(reaches(value, limit))

    async def testbench(context):
        for number in range(limit + 1):
            context.set(value, number)
            assert context.get(reached) == (number == limit)

    simulator = Simulator(m)
    simulator.add_testbench(testbench)
    simulator.run()


class Counting(wiring.Component):
    """A register and what is one more."""

    def __init__(self) -> None:
        super().__init__({"en": In(1), "count": Out(21)})

    def elaborate(self, platform):
        m = Module()
        with m.If(self.en):
            m.d.sync += self.count.eq(incremented(self.count))
        return m


@pytest.mark.slow
def test_one_more_of_21_bits_is_not_deep():
    """Two look-up tables, or one of them two with a multiplexer; the carry chain has six cells."""
    emitted = emit_verilog(Counting(), name="counting")
    netlist = synthesise(emitted.verilog, emitted.memories, "counting", "xcup")
    assert longest_path(netlist).levels <= 3
