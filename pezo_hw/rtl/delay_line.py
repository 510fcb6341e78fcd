"""Words, a given number of clock edges later."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import memory, wiring
from amaranth.lib.wiring import In, Out

from ..algebra.address_sequence import AddressSequence
from .memories import LARGEST_DISTRIBUTED
from .row_counter import RowCounter


class DelayLine(wiring.Component):
    """Shows what came in ``delay`` enabled clock edges ago.

    A memory that is read and overwritten at the same address, the old word first, and a register
    behind it; its counter need not be reset. A delay of one or two edges is registers alone.

    Timing: ``delay`` enabled edges, a word at each; with ``en`` low everything keeps its value.
    Nothing but the counter is reset: ``o`` is undefined until ``delay`` enabled edges after
    power-up, and after a reset shows words from before it, or none, for as long.

    Parameters
    ----------
    width : int
        Bits of a word.
    delay : int
        At least 1.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    i : Signal(width), in
        The word of this edge.
    o : Signal(width), out
        The word of ``delay`` edges ago; a register.
    """

    def __init__(self, *, width: int, delay: int) -> None:
        self.width = width
        self.delay = delay
        super().__init__({"en": In(1), "i": In(width), "o": Out(width)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        if self.delay > 2:
            self._through_memory(m)
            return m
        word = self.i
        for place in range(self.delay):
            delayed = Signal(self.width, name=f"delayed_{place}", reset_less=True)
            with m.If(self.en):
                m.d.sync += delayed.eq(word)
            word = delayed
        m.d.comb += self.o.eq(word)
        return m

    def _through_memory(self, m: Module) -> None:
        """All edges but the last one are in the memory."""
        sequence = AddressSequence.for_rows(self.delay - 1)
        m.submodules.counter = counter = RowCounter(sequence)
        style = "distributed" if sequence.depth <= LARGEST_DISTRIBUTED else "block"
        m.submodules.delayed_words = words = memory.Memory(
            shape=self.width, depth=sequence.depth, init=[], attrs={"ram_style": style}
        )
        write, read = words.write_port(), words.read_port()
        m.d.comb += [
            counter.en.eq(self.en),
            write.addr.eq(counter.address),
            write.data.eq(self.i),
            write.en.eq(self.en),
            read.addr.eq(counter.address),
            read.en.eq(self.en),
            self.o.eq(read.data),
        ]
