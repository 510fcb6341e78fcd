"""cocotb testbench of every module and core: the golden model at the pins, bit for bit.

Which device and how long is read from the job's folder; see `pezo_hw.verify`. The scenarios run one
after another on the same device: the whole stream from power-up with stalls now and then, hard
random stalls, and random resets in mid-stream.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge, ReadOnly, Timer

from pezo_hw.bench.bench import Block
from pezo_hw.bench.scenario import scenarios
from pezo_hw.verify.job import JOB_VARIABLE, Job
from pezo_hw.verify.playback import Playback

FOLDER = Path(os.environ[JOB_VARIABLE])
JOB = Job.read(FOLDER)
BENCH = JOB.make_bench()
STREAM, STALLS, RESETS = scenarios(JOB.cycles)
_PERIOD = 10


class Pins:
    """Drives inputs at the falling edge and samples outputs once they have settled.

    Values read right after a rising edge differ between simulators; half a period later, with the
    coming edge's inputs applied, they are what a synchronous neighbour would see. Logic alone has
    no clock, and is given as much time.
    """

    def __init__(self, dut: Any) -> None:
        self._dut = dut
        clock = getattr(dut, BENCH.clock) if BENCH.clock else None
        self._clock = None if clock is None else Clock(clock, _PERIOD, "ns")
        self._running = False
        self._falling = Timer(_PERIOD, "ns") if clock is None else FallingEdge(clock)
        self._settled = ReadOnly()

    async def drive(self, block: Block) -> dict[str, list[str]]:
        """Play a block; the samples of each output pin as strings of bits."""
        drivers = [(getattr(self._dut, pin), values) for pin, values in block.inputs.items()]
        samples: dict[str, list[str]] = {pin: [] for pin in block.expected}
        outputs = [(getattr(self._dut, pin), values.append) for pin, values in samples.items()]
        last: list[int | None] = [None] * len(drivers)
        for cycle in range(len(block)):
            await self._next_cycle()
            for index, (pin, values) in enumerate(drivers):
                # What stays as it is, is not assigned: the way into the simulator is a long one.
                if values[cycle] != last[index]:
                    pin.value = last[index] = values[cycle]
            await self._settled
            for pin, take in outputs:
                take(str(pin.value))
        return samples

    async def _next_cycle(self) -> None:
        """Half a period before a rising edge; the first has inputs as well, so the clock waits."""
        if self._running or self._clock is None:
            await self._falling
        else:
            self._clock.start(start_high=False)
            self._running = True


@cocotb.test()
async def matches_the_golden_model(dut: Any) -> None:
    """Every output of every clock cycle of all scenarios."""
    trace = JOB.make_trace(FOLDER, BENCH, lambda pin: len(getattr(dut, pin)))
    playback = Playback(BENCH, Pins(dut).drive, FOLDER, trace)
    for scenario in (STREAM, STALLS, RESETS):
        await playback.run(scenario)
    playback.finish()
