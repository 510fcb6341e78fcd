"""``valid``: high once the pipeline has filled."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out


class FillCounter(wiring.Component):
    """Raises ``valid`` after ``latency`` enabled clock edges, and keeps it.

    A shift register of ones, so that no logic lies between its flip-flops. Reset wins over ``en``
    and lowers ``valid``.

    Parameters
    ----------
    latency : int
        At least 1.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    valid : Signal(1), out
        Whether the outputs of the pipeline are a beat.
    """

    def __init__(self, latency: int) -> None:
        self.latency = latency
        super().__init__({"en": In(1), "valid": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        filled = Signal(self.latency, name="filled")
        m.d.comb += self.valid.eq(filled[-1])
        with m.If(self.en):
            m.d.sync += filled.eq(Cat(C(1, 1), filled[:-1]))
        return m
