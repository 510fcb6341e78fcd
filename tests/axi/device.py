"""The device under test with somebody else's AXI manager and receiver at its pins."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import cocotb
import numpy as np
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles, RisingEdge
from cocotbext.axi import AxiLiteBus, AxiLiteMaster, AxiResp, AxiStreamBus, AxiStreamSink

from pezo_hw.registers import register_map
from tests.axi.protocol import ProtocolMonitor
from tests.axi.simulation import config_under_test
from tests.making import generator_of

ADDRESS = {register.name: register.address for register in register_map().registers}
DONE, DROPPED = 1, 2


class RefusedError(Exception):
    """An access was answered with SLVERR."""


class Device:
    """Registers by name, and beats as integers.

    Parameters
    ----------
    dut : handle
        The top module.
    """

    def __init__(self, dut: Any) -> None:
        self.dut = dut
        self.config = config_under_test()
        self.parameters = self.config.parameters
        Clock(dut.aclk, 10, "ns").start()
        reset = {"reset": dut.aresetn, "reset_active_level": False}
        self.lite = AxiLiteMaster(AxiLiteBus.from_prefix(dut, "s_axi"), dut.aclk, **reset)
        frames = AxiStreamBus.from_prefix(dut, "m_axis")
        # A lane of a whole beat: the receiver need not take it apart.
        self.sink = AxiStreamSink(frames, dut.aclk, **reset, byte_lanes=1)
        self.monitor = ProtocolMonitor(dut)

    @classmethod
    async def started(cls, dut: Any) -> Device:
        """A device after its reset."""
        dut.aresetn.value = 0
        device = cls(dut)
        await ClockCycles(dut.aclk, 5)
        dut.aresetn.value = 1
        await RisingEdge(dut.aclk)
        await device.ready()
        return device

    def pause_everything(self, seed: int) -> None:
        """Random pauses on every channel, and back-pressure on the frames."""
        write, read = self.lite.write_if, self.lite.read_if
        channels = (write.aw_channel, write.w_channel, write.b_channel)
        channels += (read.ar_channel, read.r_channel, self.sink)
        for number, channel in enumerate(channels):
            channel.set_pause_generator(_pauses(random.Random(f"{seed} {number}")))

    async def read_word(self, address: int) -> int:
        """The word at a byte address."""
        answer = await self.lite.read(address, 4)
        if answer.resp != AxiResp.OKAY:
            assert int.from_bytes(answer.data, "little") == 0
            raise RefusedError
        return int.from_bytes(answer.data, "little")

    async def write_word(self, address: int, word: int) -> None:
        """Write a word to a byte address."""
        answer = await self.lite.write(address, word.to_bytes(4, "little"))
        if answer.resp != AxiResp.OKAY:
            raise RefusedError

    async def read(self, name: str) -> int:
        """The word of a register."""
        return await self.read_word(ADDRESS[name])

    async def write(self, name: str, word: int) -> None:
        """Write a register."""
        await self.write_word(ADDRESS[name], word)

    async def ready(self) -> None:
        """Wait until a command would be taken."""
        while not await self.read("STATUS") & 1:
            pass

    async def command(self, beats: int, *, replay: bool) -> None:
        """Ask for a perturbation."""
        await self.write("BEATS", beats)
        await self.write("COMMAND", int(replay))

    async def frame(self) -> list[int]:
        """The beats of the next frame, each as the integer on m_axis_tdata."""
        frame = await self.sink.recv(compact=False)
        assert frame.tuser == [1, *[0] * (len(frame.tdata) - 1)]
        return list(frame.tdata)

    def golden(self, start: int, beats: int) -> list[int]:
        """Beats of the golden stream, packed as the register BEAT says."""
        window = generator_of(self.parameters).stream().window(start, beats)
        bits = self.parameters.fixed_point.bits
        size = 1 if bits <= 8 else 2 if bits <= 16 else 4
        numbers = [window.mantissa.astype(f"<i{size}")]
        if self.parameters.code_bits > 0:
            numbers.append(window.code.reshape(-1, 1).astype(f"<i{size}"))
        packed = np.concatenate(numbers, axis=1)
        step, content = packed.shape[1] * size, packed.tobytes()
        firsts = range(0, len(content), step)
        return [int.from_bytes(content[first : first + step], "little") for first in firsts]


def _pauses(source: random.Random) -> Iterator[bool]:
    while True:
        rate = source.choice([0.0, 0.1, 0.5, 0.9])
        for _ in range(source.randrange(1, 60)):
            yield source.random() < rate


def in_simulation(function: Any = None, *, skip: bool = False, milliseconds: int = 5) -> Any:
    """A cocotb test that gives up where nothing happens any more."""
    decorate = cocotb.test(timeout_time=milliseconds, timeout_unit="ms", skip=skip)
    return decorate if function is None else decorate(function)
