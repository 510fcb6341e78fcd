"""Between a self-test and the pins of a board."""

from __future__ import annotations

from amaranth.build import Platform
from amaranth.hdl import (
    Cat,
    ClockDomain,
    ClockSignal,
    Const,
    Elaboratable,
    Instance,
    Module,
    ResetSignal,
    Signal,
)
from amaranth.lib import io
from amaranth.lib.cdc import FFSynchronizer

LEDS = ("passed", "failed", "running", "heartbeat", "injected")
_POWER_UP_CYCLES = 16


class Shell(Elaboratable):
    """Buffers, synchronisers, the clock and the power-up reset around a self-test's Verilog.

    The self-test is instantiated by name: its file takes part in the build as it is, byte for
    byte what was simulated.

    Flip-flops leave configuration asynchronously to the board's clock, so that at the very first
    edge some may move and others not. A shift register holds the self-test in reset for the first
    16 edges; how many of them it sees itself does not matter.

    The platform's default clock is the clock, through one global buffer. Resources that it needs:
    ``led`` 0 ... 4, which show `LEDS` in this order; ``button_center`` and ``rst`` start the test
    anew; ``switch`` 0 spoils the next run. Two flip-flops synchronise each input.

    Parameters
    ----------
    self_test : str
        The module's name.
    """

    def __init__(self, self_test: str) -> None:
        self.self_test = self_test

    def elaborate(self, platform: Platform) -> Module:
        m = Module()
        self._clock(m, platform)
        button = self._input(m, platform, "button_center")
        reset = self._input(m, platform, "rst")
        flip = self._input(m, platform, "switch")
        leds = Signal(len(LEDS), name="leds")
        outputs = {f"o_{pin}": leds[number] for number, pin in enumerate(LEDS)}
        m.submodules.self_test = Instance(
            self.self_test,
            i_clk=ClockSignal("sync"),
            i_rst=ResetSignal("sync"),
            i_start=button | reset,
            i_flip=flip,
            **outputs,
        )
        for number, pin in enumerate(LEDS):
            port = platform.request("led", number, dir="-")
            m.submodules[f"{pin}_buffer"] = buffer = io.Buffer("o", port)
            m.d.comb += buffer.o.eq(leds[number])
        return m

    def _clock(self, m: Module, platform: Platform) -> None:
        port = platform.request(platform.default_clk, dir="-")
        m.submodules.clock_pins = pins = io.Buffer("i", port)
        m.domains.sync = ClockDomain("sync")
        m.submodules.clock_buffer = Instance("BUFG", i_I=pins.i, o_O=ClockSignal("sync"))
        awake = Signal(_POWER_UP_CYCLES, name="awake", reset_less=True)
        m.d.sync += awake.eq(Cat(Const(1, 1), awake[:-1]))
        m.d.comb += ResetSignal("sync").eq(~awake[-1])

    def _input(self, m: Module, platform: Platform, name: str) -> Signal:
        """A resource's level in the clock's domain, two edges late."""
        m.submodules[f"{name}_buffer"] = buffer = io.Buffer("i", platform.request(name, dir="-"))
        level = Signal(name=f"{name}_level")
        m.submodules[f"{name}_synchroniser"] = FFSynchronizer(buffer.i, level)
        return level
