"""A job on Amaranth's own simulator: no Verilog in between, and nothing to install."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from amaranth.hdl import ClockDomain, ClockSignal, Module, Signal, Value
from amaranth.lib.wiring import Component
from amaranth.sim import Simulator

from ..bench.bench import Block
from ..bench.scenario import scenarios
from .job import Job, Progress
from .playback import Playback


class Pins:
    """Drives a component that sits in a clock domain whose reset is an ordinary signal.

    A component with a clock pin of its own is given that domain's clock there.
    """

    def __init__(self, component: Component, clock: str = "clk") -> None:
        self._component = component
        self._clock = getattr(component, clock, None)
        self.rst = Signal()
        # Beside a domain of the component's own, which goes by the usual name.
        self.domain = ClockDomain("sync" if self._clock is None else "outside")
        self.context: Any = None

    def module(self) -> Module:
        """The component with its clock domain."""
        m = Module()
        m.domains += self.domain
        m.submodules.component = self._component
        m.d.comb += self.domain.rst.eq(self.rst)
        if self._clock is not None:
            m.d.comb += self._clock.eq(ClockSignal(self.domain.name))
        return m

    async def drive(self, block: Block) -> dict[str, list[str]]:
        """Play a block; the samples of each output pin as strings of bits."""
        drivers = [(self.pin(pin), values) for pin, values in block.inputs.items()]
        samples: dict[str, list[str]] = {pin: [] for pin in block.expected}
        outputs = [(self.pin(pin), seen) for pin, seen in samples.items()]
        for cycle in range(len(block)):
            for pin, values in drivers:
                self.context.set(pin, values[cycle])
            for pin, seen in outputs:
                seen.append(f"{self.context.get(pin):0{len(pin)}b}")
            await self.context.tick(self.domain.name)
        return samples

    def pin(self, name: str) -> Value:
        """A pin by its name in Verilog, where the members of an interface are joined by ``__``."""
        if name == "rst":
            return self.rst
        return Value.cast(functools.reduce(getattr, name.split("__"), self._component))


def simulate(job: Job, folder: Path) -> None:
    """Play every scenario; raises MismatchError at the first mismatch."""
    bench = job.make_bench()
    pins = Pins(bench.component(), bench.clock)
    trace = job.make_trace(folder, bench, lambda pin: len(pins.pin(pin)))
    playback = Playback(bench, pins.drive, folder, trace)
    Progress(stage="simulate").append_to(folder)

    async def testbench(context: Any) -> None:
        pins.context = context
        for scenario in scenarios(job.cycles):
            await playback.run(scenario)
        playback.finish()

    simulator = Simulator(pins.module())
    simulator.add_clock(1e-6, domain=pins.domain.name)
    simulator.add_testbench(testbench)
    simulator.run()
