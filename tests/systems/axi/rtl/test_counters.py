"""The counters beside counts in Python; what happens at their ends is proven in tests/formal."""

from __future__ import annotations

import random

from amaranth.sim import Simulator

from pezo_hw.systems.axi.rtl.counters import Counters

CHANCES = {"perturbation": 0.3, "transfer": 1, "fault": 0.7}
CYCLES = 600


def test_they_count_until_they_are_cleared():
    counters, draw = Counters(faults=True), random.Random(3)
    expected = dict.fromkeys(CHANCES, 0)

    async def testbench(context):
        for cycle in range(CYCLES):
            shown = {name: context.get(getattr(counters, f"{name}s")) for name in CHANCES}
            assert shown == expected
            clear = cycle in (1, 500)
            for name, chance in CHANCES.items():
                event = draw.random() < chance
                context.set(getattr(counters, name), event)
                expected[name] = 0 if clear else expected[name] + event
            context.set(counters.clear, clear)
            await context.tick()

    simulator = Simulator(counters)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    assert expected["transfer"] == CYCLES - 501
