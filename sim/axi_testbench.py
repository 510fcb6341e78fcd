"""AXI: perturbations by registers, as frames; manager and receiver are cocotbext-axi's."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles
from cocotb.types import LogicArray, Range
from cocotbext.axi import AxiLiteBus, AxiLiteMaster, AxiStreamBus, AxiStreamSink
from golden import CONFIG, Beat, beat_in, golden, require

from pezo_hw.registers import register_map
from pezo_hw.systems.axi.parameters import AXIParameters

ADDRESS = {register.name: register.address for register in register_map().registers}
SLOT = 8 * AXIParameters.of(CONFIG).slot_bytes
COMMANDS = [(37, False), (37, True), (37, True), (5, False), (60, False)]


@cocotb.test(timeout_time=1, timeout_unit="ms")
async def frames_are_perturbations(dut: Any) -> None:
    """A register write asks for a frame; its beats are the golden stream's, or the same again."""
    Clock(dut.aclk, 10, "ns").start()
    dut.aresetn.value = 0
    reset = {"reset": dut.aresetn, "reset_active_level": False}
    manager = AxiLiteMaster(AxiLiteBus.from_prefix(dut, "s_axi"), dut.aclk, **reset)
    frames = AxiStreamBus.from_prefix(dut, "m_axis")
    # A lane of a whole beat, so that a beat is received as one integer.
    receiver = AxiStreamSink(frames, dut.aclk, **reset, byte_lanes=1)
    receiver.set_pause_generator(pauses(random.Random(4)))
    await ClockCycles(dut.aclk, 5)
    dut.aresetn.value = 1
    position = mark = 0
    for beats, replay in COMMANDS:
        position = mark = mark if replay else position
        while not await manager.read_dword(ADDRESS["STATUS"]) & 1:
            pass  # a command would be dropped
        await manager.write_dword(ADDRESS["BEATS"], beats)
        await manager.write_dword(ADDRESS["COMMAND"], int(replay))
        frame = await receiver.recv(compact=False)
        seen = [beat_of(word, len(dut.m_axis_tdata)) for word in frame.tdata]
        require(seen, list(golden(position, beats)), f"the frame of cycle {position}")
        position += beats


def beat_of(word: int, bits: int) -> Beat:
    """A beat on m_axis_tdata, where each number has a slot of 1, 2 or 4 bytes."""
    return beat_in(LogicArray.from_unsigned(word, Range(bits - 1, "downto", 0)), SLOT)


def pauses(source: random.Random) -> Iterator[bool]:
    """The receiver is busy a third of the time."""
    while True:
        yield source.random() < 1 / 3
