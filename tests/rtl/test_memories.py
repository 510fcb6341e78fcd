"""Memories in look-up tables, in one piece and in several."""

import random

import pytest
from amaranth.hdl import Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out
from amaranth.sim import Simulator

from pezo_hw.emit import emit_verilog
from pezo_hw.rtl.memories import add_lut_memory
from pezo_hw.synth.levels import longest_path
from pezo_hw.synth.mapping import synthesise


class Alone(wiring.Component):
    """The memory at its own pins."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        address = In((depth - 1).bit_length())
        super().__init__({"address": address, "data": In(5), "en": In(1), "word": Out(5)})

    def elaborate(self, platform):
        m = Module()
        word = add_lut_memory(
            m, "words", depth=self.depth, address=self.address, data=self.data, en=self.en
        )
        m.d.comb += self.word.eq(word)
        return m


@pytest.mark.parametrize("depth", [2, 33, 256, 257, 700, 1100])
def test_it_holds_what_was_written(depth):
    memory = Alone(depth)
    generator = random.Random(depth)
    held: dict[int, int] = {}

    async def testbench(context):
        for _ in range(4 * depth):
            address, data, en = (generator.randrange(bound) for bound in (depth, 32, 2))
            context.set(memory.address, address)
            context.set(memory.data, data)
            context.set(memory.en, en)
            if address in held:
                assert context.get(memory.word) == held[address]
            await context.tick()
            if en:
                held[address] = data

    simulator = Simulator(memory)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    assert len(held) > depth // 2


@pytest.mark.slow
@pytest.mark.parametrize("depth", [64, 256, 512, 700, 2048])
def test_it_maps_to_look_up_tables_alone(depth):
    emitted = emit_verilog(Alone(depth), name="words")
    netlist = synthesise(emitted.verilog, emitted.memories, "words", "xcup")
    library = netlist.family.cells
    types = {cell.type for cell in netlist.cells}
    assert types & library.lut_memories.keys()
    assert not any(library.is_register(name) or name in library.block_rams for name in types)
    assert longest_path(netlist).levels <= 3
