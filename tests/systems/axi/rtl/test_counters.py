"""The counters at their ends."""

from __future__ import annotations

from amaranth.sim import Simulator

from pezo_hw.systems.axi.rtl.counters import Counters


def test_faults_stay_at_65535():
    counters = Counters(faults=True)
    seen = []

    async def testbench(context):
        context.set(counters.fault, 1)
        for edge in range(1, 65540):
            await context.tick()
            if edge > 65532:
                seen.append(context.get(counters.faults))
        context.set(counters.clear, 1)
        await context.tick()
        seen.append(context.get(counters.faults))

    simulator = Simulator(counters)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    assert seen == [65533, 65534, 65535, 65535, 65535, 65535, 65535, 0]
