"""Where perturbations start that are drawn."""

from __future__ import annotations

from collections.abc import Callable

from amaranth.hdl import Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out


class DrawnStart(wiring.Component):
    """Keeps the address of the last perturbation's start, and that of the next one's.

    After a reset and after a load they are the same. The next one's is a register, and not made of
    the other when it is needed, so that nothing but a choice lies before the reader's address.

    Timing: ``mark`` has ``following`` be marked at the clock edge, and moves it by a jump: a
    perturbation begins. ``load`` makes both be ``start``; it wins over ``mark``, and reset, which
    makes them be ``first``, over all.

    Parameters
    ----------
    bits, first : int
        Bits of an address, and that after a reset.
    jumped : callable
        ``jumped(address)``: the gates of a jump.

    Members
    -------
    mark, load : Signal(1), in
        See above.
    draw : Signal(1), in
        A command ends: the reader goes to what is next.
    start : Signal(bits), in
        With ``load``.
    following : Signal(bits), out
        Where the next perturbation starts.
    chosen : Signal(bits), out
        The address that the reader goes to: with ``load`` to ``start``, with ``draw`` to
        ``following``, else to what is marked.
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
        coming = Signal(len(self.start), name="coming", init=self.first)
        m.d.comb += [
            self.following.eq(coming),
            self.chosen.eq(Mux(self.load, self.start, Mux(self.draw, coming, marked))),
        ]
        with m.If(self.mark):
            m.d.sync += [marked.eq(coming), coming.eq(self.jumped(coming))]
        with m.If(self.load):
            m.d.sync += [marked.eq(self.start), coming.eq(self.start)]
        return m
