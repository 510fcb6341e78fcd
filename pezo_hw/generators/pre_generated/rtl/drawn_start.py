"""Where perturbations start that are drawn."""

from __future__ import annotations

from collections.abc import Callable

from amaranth.hdl import Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out


class DrawnStart(wiring.Component):
    """Keeps the address of the last perturbation's start, and makes the next one's of it.

    What follows a command starts a jump from the last perturbation's start, which is marked. Before
    the first command, and after a load, it starts at what is marked itself.

    Timing: ``mark`` has ``following`` be marked at the clock edge: a perturbation begins. ``draw``,
    at the end of every command, has ``following`` be a jump from what is marked, from the next
    cycle on. ``load`` makes ``start`` be marked and be what follows; it wins over the others, and
    reset, which does so with ``first``, over all.

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
    following : Signal(bits), out
        Where the next perturbation starts.
    chosen : Signal(bits), out
        The address that the reader goes to: with ``load`` to ``start``, with ``draw`` to a jump
        from what is marked, else to that.
    """

    def __init__(self, bits: int, first: int, jumped: Callable[[Value], Value]) -> None:
        self.first = first
        self.jumped = jumped
        controls = {name: In(1) for name in ("mark", "draw", "load")}
        addresses = {"start": In(bits), "following": Out(bits), "chosen": Out(bits)}
        super().__init__(controls | addresses)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        marked = Signal(len(self.start), name="marked", init=self.first)
        drawn = Signal(len(self.start), name="drawn")
        fresh = Signal(name="fresh", init=1)
        m.d.comb += [
            drawn.eq(self.jumped(marked)),
            self.following.eq(Mux(fresh, marked, drawn)),
            self.chosen.eq(Mux(self.load, self.start, Mux(self.draw, drawn, marked))),
        ]
        with m.If(self.mark):
            m.d.sync += marked.eq(self.following)
        with m.If(self.draw):
            m.d.sync += fresh.eq(0)
        with m.If(self.load):
            m.d.sync += [marked.eq(self.start), fresh.eq(1)]
        return m
