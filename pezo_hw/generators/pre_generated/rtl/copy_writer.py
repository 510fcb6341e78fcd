"""Writes a pool's copies from numbers that come one by one."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import equals
from ....rtl.split_counter import add_event_count
from ..copies import Copies


class CopyWriter(wiring.Component):
    """Writes each number into every copy while the address goes back number by number.

    The numbers of the pool come in falling order and round, the one to start with first. Where copy
    0 has number i, copy c has number i + c, which came c numbers before. So the last C numbers
    are all that is kept, and all copies are written at one address: a number enters copy 0 as it
    comes, and copy C - 1 last.

    Timing: a number is taken at a clock edge with ``store`` high. ``jump`` is high in that cycle if
    it is the first: the address has to become that of the loaded start at this edge; ``back`` in
    every other cycle whose edge has to move it a number back. The copies are written in the cycles
    after those. ``last`` is high while the N-th number is next. ``draining`` is high from the cycle
    after it was taken for C cycles, until it is in every copy. ``clear`` wins and starts anew;
    reset wins over both and does the same.

    Parameters
    ----------
    copies : Copies
        How the pool is stored.
    width : int
        Bits of a number.

    Members
    -------
    clear, store : Signal(1), in
        See above.
    number : Signal(width), in
        The next number.
    last, draining, jump, back : Signal(1), out
        See above.
    writes : Signature, out
        Of each copy, ``copy_0`` and so on, its number and whether it is written.
    """

    def __init__(self, copies: Copies, width: int) -> None:
        self.copies = copies
        self.width = width
        controls = {name: In(1) for name in ("clear", "store")}
        events = {name: Out(1) for name in ("last", "draining", "jump", "back")}
        writes = Out(wiring.Signature(copy_write_members(copies, width)))
        super().__init__({**controls, "number": In(width), **events, "writes": writes})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        taken = add_event_count(
            m, "taken", bits=self.copies.order.bits, event=self.store, clear=self.clear
        )
        first = Signal(name="first", init=1)
        advances = Signal(name="advances")
        writing = Signal(name="writing")
        m.d.comb += [
            self.jump.eq(self.store & first),
            self.back.eq(advances & ~self.jump),
            advances.eq(self.store | self.draining),
        ]
        filled = self._keep_numbers(m, advances, writing)
        m.d.sync += writing.eq(advances)
        with m.If(self.store):
            m.d.sync += [self.draining.eq(self.last), first.eq(0)]
            m.d.sync += self.last.eq(equals(taken, self.copies.pool - 2))
        with m.Elif(~filled[:-1].any()):
            m.d.sync += self.draining.eq(0)
        with m.If(self.clear):
            m.d.sync += [self.draining.eq(0), first.eq(1), self.last.eq(0)]
        return m

    def _keep_numbers(self, m: Module, advances: Signal, writing: Signal) -> Signal:
        """The last C numbers, the latest lowest; which of them there are."""
        filled = Signal(self.copies.count, name="filled")
        numbers = Signal(self.copies.count * self.width, name="numbers")
        with m.If(advances):
            m.d.sync += filled.eq(Cat(self.store, filled))
            m.d.sync += numbers.eq(Cat(self.number, numbers))
        with m.If(self.clear):
            m.d.sync += filled.eq(0)
        for copy in range(self.copies.count):
            write = getattr(self.writes, f"copy_{copy}")
            m.d.comb += write.data.eq(numbers.word_select(copy, self.width))
            m.d.comb += write.en.eq(writing & filled[copy])
        return filled


def copy_write_members(copies: Copies, width: int) -> dict[str, wiring.Member]:
    """What writes each copy, by name."""
    write = wiring.Signature({"data": Out(width), "en": Out(1)})
    return {f"copy_{copy}": Out(write) for copy in range(copies.count)}
