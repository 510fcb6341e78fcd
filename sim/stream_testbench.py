"""The stream: a ready/valid handshake whose beats are the golden stream, without a gap."""

from __future__ import annotations

import random
from typing import Any

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge, ReadOnly
from golden import beat_in, golden, require

BEATS = 300


@cocotb.test(timeout_time=1, timeout_unit="ms")
async def beats_are_the_golden_stream(dut: Any) -> None:
    """A consumer that is ready half of the time."""
    Clock(dut.clk, 10, "ns").start()
    ready = random.Random(2)
    await FallingEdge(dut.clk)
    dut.rst.value = 1
    dut.o__ready.value = 0
    await FallingEdge(dut.clk)
    dut.rst.value = 0
    for cycle, beat in enumerate(golden(0, BEATS)):
        await transfer(dut, ready)
        require(beat_in(dut.o__payload.value), beat, f"cycle {cycle}")


async def transfer(dut: Any, ready: random.Random) -> None:
    """Wait for the next clock edge that takes a beat; the payload is there to be read then."""
    while True:
        await FallingEdge(dut.clk)
        dut.o__ready.value = takes = ready.random() < 1 / 2
        await ReadOnly()
        if takes and dut.o__valid.value == 1:
            return
