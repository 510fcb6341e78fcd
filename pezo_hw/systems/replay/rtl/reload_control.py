"""Goes back to the mark after a fault."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out


class ReloadControl(wiring.Component):
    """Holds commands back after a fault until the core has gone back to the mark.

    Timing: a fault in a cycle in which ``reload`` is high asks for a reload. ``rewind`` is high for
    the first clock cycle after that in which ``idle`` is; it must lower ``idle`` and ``valid`` at
    the next edge, for as long as going back takes. ``reloaded`` is high for one clock cycle, the
    first in which ``valid`` is high again. From the fault until ``rewind``, ``holds`` is high in
    every cycle; with ``reload`` low, in that of the fault. A fault that shows from ``rewind`` until
    ``reloaded``, both included, asks for no other reload: each ends, whatever is broken. Reset wins
    over all and drops what was asked for.

    Members
    -------
    fault, reload : Signal(1), in
        See above.
    idle : Signal(1), in
        Without ``holds`` a command would be taken.
    valid : Signal(1), in
        The core is not going back.
    holds : Signal(1), out
        No command may be taken.
    rewind, reloaded : Signal(1), out
        See above.
    """

    def __init__(self) -> None:
        inputs = {name: In(1) for name in ("fault", "reload", "idle", "valid")}
        super().__init__({**inputs, **{name: Out(1) for name in ("holds", "rewind", "reloaded")}})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        asked = Signal(name="asked")
        reloading = Signal(name="reloading")
        m.d.comb += [
            self.holds.eq(self.fault | asked),
            self.rewind.eq(asked & self.idle),
            self.reloaded.eq(reloading & self.valid),
        ]
        with m.If(self.rewind):
            m.d.sync += [asked.eq(0), reloading.eq(1)]
        with m.Else():
            with m.If(self.fault & self.reload & ~reloading):
                m.d.sync += asked.eq(1)
            with m.If(self.reloaded):
                m.d.sync += reloading.eq(0)
        return m
