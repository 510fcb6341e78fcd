"""Replay: each command is answered with as many golden beats, new ones or the same again."""

from __future__ import annotations

import random
from typing import Any

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge, ReadOnly
from golden import CONFIG, LAYOUT, beat_in, golden, require

# A perturbation of a two-sided step: +ε, -ε, and the update; then the next one.
COMMANDS = [(37, False), (37, True), (37, True), (5, False), (5, True), (60, False)]


@cocotb.test(timeout_time=1, timeout_unit="ms")
async def perturbations_come_again(dut: Any) -> None:
    """A story of a position in the stream and a mark to go back to."""
    Clock(dut.clk, 10, "ns").start()
    ready = random.Random(3)
    await FallingEdge(dut.clk)
    dut.rst.value = 1
    dut.o__ready.value = dut.command__valid.value = 0
    await FallingEdge(dut.clk)
    dut.rst.value = 0
    position = mark = 0
    for beats, replay in COMMANDS:
        position = mark = mark if replay else position
        await command(dut, beats, replay)
        for left, beat in zip(reversed(range(beats)), golden(position, beats), strict=True):
            seen, last = await next_beat(dut, ready)
            require((seen, last), (beat, left == 0), f"cycle {position + beats - left - 1}")
        position += beats


async def command(dut: Any, beats: int, replay: bool) -> None:
    """Ask for so many beats, and hold the command until it is taken."""
    await FallingEdge(dut.clk)
    dut.o__ready.value = 0
    dut.command__payload.value = beats - 1 | replay << CONFIG.system.count_bits
    dut.command__valid.value = 1
    await ReadOnly()
    while dut.command__ready.value != 1:
        await FallingEdge(dut.clk)
        await ReadOnly()
    await FallingEdge(dut.clk)
    dut.command__valid.value = 0


async def next_beat(dut: Any, ready: random.Random) -> tuple[tuple[list[int], int], bool]:
    """The next beat that is taken, and whether it is flagged as the last of its command."""
    while True:
        await FallingEdge(dut.clk)
        dut.o__ready.value = takes = ready.random() < 1 / 2
        await ReadOnly()
        if takes and dut.o__valid.value == 1:
            payload = dut.o__payload.value
            return beat_in(payload), payload[LAYOUT.width] == 1
