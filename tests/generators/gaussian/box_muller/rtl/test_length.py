"""The length's pipeline against the golden model, at words that hardly ever come."""

from __future__ import annotations

import numpy as np
from amaranth.sim import Simulator

from pezo_hw.generators.gaussian.box_muller.model import lengths_of, squares_of
from pezo_hw.generators.gaussian.box_muller.rtl.length import BoxMullerLength

STAGES = 10
BITS = 48
# Short lengths: u is nearly 1, and every bit of a small square counts.
NEARLY_ONE = [2**BITS - 1 - offset for place in range(0, BITS, 2) for offset in (2**place - 1,)]
# Long ones: as many leading zeros as there can be.
NEARLY_ZERO = [2**place for place in range(0, BITS, 2)] + [0]


def test_words_at_both_ends():
    words = [*NEARLY_ONE, *NEARLY_ZERO]
    length = BoxMullerLength()
    found: list[int] = []

    async def bench(ctx):
        ctx.set(length.en, 1)
        for cycle in range(len(words) + STAGES):
            ctx.set(length.word, words[min(cycle, len(words) - 1)])
            await ctx.tick()
            found.append(ctx.get(length.length))

    simulator = Simulator(length)
    simulator.add_clock(1e-6)
    simulator.add_testbench(bench)
    simulator.run()
    expected = lengths_of(squares_of(np.array(words, dtype=np.int64))).tolist()
    assert found[STAGES - 1 :][: len(words)] == expected
