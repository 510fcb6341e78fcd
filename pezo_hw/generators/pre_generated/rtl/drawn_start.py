"""Where perturbations start that are drawn."""

from __future__ import annotations

from collections.abc import Callable

from amaranth.hdl import Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out


class DrawnStart(wiring.Component):
    """Keeps the address of the last perturbation's start, and makes the next one's of it.

    What follows a command starts a jump from ``marked``. Before the first command, and after a
    load, it starts at ``marked`` itself.

    Timing: ``mark`` has ``marked`` become ``following`` at the clock edge: a perturbation begins.
    ``draw``, at the end of every command, has ``following`` be ``drawn`` from the next cycle on.
    ``load`` makes both ``marked`` and ``following`` be ``start``; it wins over the others, and
    reset, which makes them be ``first``, over all.

    Parameters
    ----------
    bits, first : int
        Bits of an address, and that after a reset.
    jumped : callable
        ``jumped(address)``: the gates of a jump.

    Members
    -------
    mark, draw, load : Signal(1), in
        See above.
    start : Signal(bits), in
        With ``load``.
    marked, drawn, following : Signal(bits), out
        See above.
    """

    def __init__(self, bits: int, first: int, jumped: Callable[[Value], Value]) -> None:
        self.first = first
        self.jumped = jumped
        controls = {name: In(1) for name in ("mark", "draw", "load")}
        addresses = {name: Out(bits) for name in ("marked", "drawn", "following")}
        super().__init__({**controls, "start": In(bits), **addresses})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        marked = Signal(len(self.marked), name="marked_start", init=self.first)
        fresh = Signal(name="fresh", init=1)
        m.d.comb += [
            self.marked.eq(marked),
            self.drawn.eq(self.jumped(marked)),
            self.following.eq(Mux(fresh, marked, self.drawn)),
        ]
        with m.If(self.mark):
            m.d.sync += marked.eq(self.following)
        with m.If(self.draw):
            m.d.sync += fresh.eq(0)
        with m.If(self.load):
            m.d.sync += [marked.eq(self.start), fresh.eq(1)]
        return m
