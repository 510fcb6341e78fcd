"""Events that stay until software has seen them."""

from __future__ import annotations

from amaranth.hdl import Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out


class Interrupts(wiring.Component):
    """Keeps a bit for each event until it is cleared, and raises one line for all.

    Timing: a bit of ``pending`` rises one clock cycle after its event. ``acknowledge`` lowers it
    at the clock edge unless its event happens in the same cycle: the event wins. ``irq`` is a
    register, so that it can leave the clock domain: it is high one cycle after any bit is high both
    in ``pending`` and ``enable``, and low one cycle after none is. Reset lowers everything.

    Parameters
    ----------
    width : int
        How many events there are.

    Members
    -------
    events, enable, acknowledge : Signal(width), in
        See above.
    pending : Signal(width), out
        The events since they were last cleared.
    irq : Signal(1), out
        Level, active high.
    """

    def __init__(self, width: int) -> None:
        vector = In(width)
        super().__init__(
            {
                "events": vector,
                "enable": vector,
                "acknowledge": vector,
                "pending": Out(width),
                "irq": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.d.sync += [
            self.pending.eq(self.pending & ~self.acknowledge | self.events),
            self.irq.eq((self.pending & self.enable).any()),
        ]
        return m
