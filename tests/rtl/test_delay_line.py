"""Words come out as late as they must, whatever the enable does."""

from __future__ import annotations

import random

import pytest
from amaranth.sim import Simulator

from pezo_hw.rtl.delay_line import DelayLine


@pytest.mark.parametrize("delay", [1, 2, 3, 4, 7, 30, 31, 66, 130])
def test_delay(delay: int):
    line, chance = DelayLine(width=9, delay=delay), random.Random(delay)
    taken: list[int] = []

    async def bench(ctx):
        for _ in range(5 * delay + 20):
            word, enabled = chance.randrange(512), chance.random() < 0.7
            ctx.set(line.i, word)
            ctx.set(line.en, enabled)
            if len(taken) >= delay:
                assert ctx.get(line.o) == taken[-delay]
            await ctx.tick()
            taken.extend([word] if enabled else [])

    simulator = Simulator(line)
    simulator.add_clock(1e-6)
    simulator.add_testbench(bench)
    simulator.run()
    assert len(taken) > 2 * delay
