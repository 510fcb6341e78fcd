"""A core: whatever its clock enable does, the beats taken are the golden stream."""

from __future__ import annotations

import random
from typing import Any

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge, ReadOnly
from golden import LAYOUT, golden, lanes_in, require

BEATS = 300


@cocotb.test(timeout_time=1, timeout_unit="ms")
async def beats_are_the_golden_stream(dut: Any) -> None:
    """Stalls now and then; a reset in mid-stream starts again from cycle 0."""
    Clock(dut.clk, 10, "ns").start()
    stalls = random.Random(1)
    for _ in range(2):
        await FallingEdge(dut.clk)
        dut.rst.value = 1
        dut.en.value = 0
        for cycle, beat in enumerate(golden(0, BEATS)):
            require(await next_beat(dut, stalls), beat, f"cycle {cycle}")


async def next_beat(dut: Any, stalls: random.Random) -> tuple[list[int], int]:
    """What is taken at the next clock edge at which something is: where ``en & valid``."""
    while True:
        # Inputs move at the falling edge; what is seen then is what the rising edge takes.
        await FallingEdge(dut.clk)
        dut.rst.value = 0
        dut.en.value = enabled = stalls.random() < 3 / 4
        await ReadOnly()
        if enabled and dut.valid.value == 1:
            code = dut.code.value.to_unsigned() if LAYOUT.code_bits else 0
            return lanes_in(dut.mantissa.value), code
