"""Components in a design of one's own, against sums of the golden stream."""

from __future__ import annotations

import random

import pytest
from amaranth.sim import Simulator

from examples.amaranth_design.passes import LaneSum, TakenSum, TwoPasses
from pezo_hw.config import parse
from pezo_hw.emit import emit_verilog
from tests.cases import OTF, PRE

CONFIGS = {
    "rngs": OTF + "rngs = 7\nwidth = 5\n",
    "pool": PRE + "pool = 91\nlanes = 7\nwidth = 5\n",
}


def sums(text: str, beats: int) -> list[int]:
    """Of lane 0 of the first beats, after each of them."""
    mantissas = parse(text, name="mine").stream().window(0, beats).mantissa[:, 0]
    return [0, *mantissas.cumsum().tolist()]


def run(design, testbench) -> None:
    simulator = Simulator(design)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()


@pytest.mark.parametrize("name", CONFIGS)
def test_a_core(name: str):
    config = parse(CONFIGS[name], name="mine")
    design = LaneSum(config)

    async def testbench(ctx):
        await ctx.tick().repeat(config.parameters.latency + 50)
        assert ctx.get(design.total) == sums(CONFIGS[name], 50)[50]

    run(design, testbench)


@pytest.mark.parametrize("name", CONFIGS)
def test_a_stream(name: str):
    design, draw = TakenSum(parse(CONFIGS[name], name="mine")), random.Random(1)
    expected, taken = sums(CONFIGS[name], 100), 0

    async def testbench(ctx):
        nonlocal taken
        for _ in range(100):
            take = draw.getrandbits(1)
            ctx.set(design.take, take)
            taken += take & ctx.get(design.beats.o.valid)
            await ctx.tick()
            assert ctx.get(design.total) == expected[taken]

    run(design, testbench)
    assert taken > 30


@pytest.mark.parametrize("name", CONFIGS)
def test_two_passes(name: str):
    design = TwoPasses(parse(CONFIGS[name], name="mine"), beats=40)

    async def testbench(ctx):
        for _ in range(200):
            if ctx.get(design.done):
                break
            await ctx.tick()
        assert ctx.get(design.done)
        total = sums(CONFIGS[name], 40)[40]
        assert total != 0
        assert (ctx.get(design.first), ctx.get(design.second)) == (total, total)

    run(design, testbench)


def test_a_design_becomes_verilog():
    """Memories inside, so that the design is one file."""
    design = TwoPasses(parse(CONFIGS["rngs"], name="mine"), beats=40)
    emitted = emit_verilog(design, name="two_passes", inline_memories=True)
    assert "module two_passes(" in emitted.verilog
    assert "module two_passes__sequencer" in emitted.verilog
    assert emitted.memories == {}
