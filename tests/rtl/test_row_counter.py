"""The row counter visits every row's address in order and wraps."""

import pytest
from amaranth.sim import Simulator

from pezo_hw.algebra.address_sequence import AddressSequence
from pezo_hw.rtl.row_counter import RowCounter


@pytest.mark.parametrize("rows", [2, 3, 7, 13, 16, 63, 64, 65, 91, 105, 127, 455])
def test_addresses(rows: int):
    sequence = AddressSequence.for_rows(rows)
    counter = RowCounter(sequence)
    seen = []

    async def testbench(context):
        context.set(counter.en, 1)
        for _ in range(2 * rows + 1):
            seen.append(context.get(counter.address))
            await context.tick()

    simulator = Simulator(counter)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    assert seen == [sequence.address_of(row) for row in range(2 * rows + 1)]
