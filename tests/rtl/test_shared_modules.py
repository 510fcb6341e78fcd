"""Copies of a part: one module in Verilog, a submodule each anywhere else."""

from __future__ import annotations

import re

import pytest
from amaranth.hdl import Cat, Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out
from amaranth.sim import Simulator

from pezo_hw.emit.verilog import emit_verilog
from pezo_hw.rtl.shared_modules import add_copies
from pezo_hw.synth.mapping import repeated_modules, synthesise
from pezo_hw.synth.resources import count


class Gate(wiring.Component):
    """The XOR of two bits, at once or a clock edge later."""

    def __init__(self, *, registered: bool) -> None:
        self.registered = registered
        super().__init__({"i": In(2), "o": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        parity = Signal(name="parity")
        (m.d.sync if self.registered else m.d.comb).__iadd__(parity.eq(self.i.xor()))
        m.d.comb += self.o.eq(parity)
        return m


class Gates(wiring.Component):
    """So many of them side by side."""

    def __init__(self, copies: int, *, registered: bool) -> None:
        self.copies, self.registered = copies, registered
        super().__init__({"i": In(2 * copies), "o": Out(copies)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        create = lambda: Gate(registered=self.registered)  # noqa: E731
        gates = add_copies(m, platform, "gate", create, self.copies)
        for index, pins in enumerate(gates):
            m.d.comb += pins["i"].eq(self.i.word_select(index, 2))
        m.d.comb += self.o.eq(Cat(*(pins["o"] for pins in gates)))
        return m


@pytest.mark.parametrize("registered", [False, True])
def test_one_module_however_many_copies(registered: bool):
    verilog = emit_verilog(Gates(12, registered=registered), name="gates").verilog
    assert re.findall(r"^module (\w+)", verilog, re.MULTILINE).count("gates__gate") == 1
    assert len(re.findall(r"^ +gates__gate gate_\d+ \(", verilog, re.MULTILINE)) == 12
    assert verilog.count(".clk(clk)") == (12 if registered else 0)
    assert repeated_modules(verilog) == {"gates__gate": 12}


def test_submodules_behave_as_ever():
    dut = Gates(3, registered=False)

    async def bench(ctx):
        for word in range(64):
            ctx.set(dut.i, word)
            parities = [(word >> 2 * i & 3).bit_count() & 1 for i in range(3)]
            assert ctx.get(dut.o) == sum(bit << i for i, bit in enumerate(parities))

    simulator = Simulator(dut)
    simulator.add_testbench(bench)
    simulator.run()


@pytest.mark.slow
def test_what_is_mapped_once_is_counted_for_every_copy():
    for copies in (7, 12):  # flat, and kept apart until it is mapped
        verilog = emit_verilog(Gates(copies, registered=True), name="gates").verilog
        assert bool(repeated_modules(verilog)) == (copies == 12)
        used = count(synthesise(verilog, {}, "gates", "xcup"))
        assert (used.lut, used.ff, used.path.levels) == (copies, copies, 1)
