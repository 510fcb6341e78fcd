"""What has entered the ring, kept as long as it may have to enter again."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import incremented
from ....rtl.memories import add_lut_memory
from ..history_window import HistoryWindow


class History(wiring.Component):
    """Records the words of the last clock edges before a mark, and plays them back.

    A ring buffer in look-up tables, addressed by a single pointer: a word is written or read where
    it points, and it moves on. What lies before the mark must survive while the words before the
    next mark are recorded behind it; hence twice the room.

    Timing: ``filled`` is low for ``window.prefill`` clock cycles after a reset, in which the words
    are recorded for the first time, and after ``rewind``, in which ``past`` shows them again, the
    oldest first, and ``feeding`` is high. In any other cycle ``record`` high writes ``word``.
    ``mark`` makes the words recorded so far the ones that ``rewind`` goes back to. While ``filled``
    is low, ``mark``, ``record`` and ``rewind`` must be low. Reset wins over all and marks its own
    end; the memory has no reset, and is written before it is read. ``past`` is undefined while
    ``feeding`` is low.

    Parameters
    ----------
    window : HistoryWindow
        How many words are needed, and how many are played back.
    width : int
        Bits of a word.

    Members
    -------
    word : Signal(width), in
        What enters at this clock edge; while ``feeding``, ``past`` itself.
    record, mark, rewind : Signal(1), in
        See above.
    past : Signal(width), out
        What entered ``window.prefill`` edges before the mark, then one edge later, and so on.
    filled, feeding : Signal(1), out
        See above.
    """

    def __init__(self, window: HistoryWindow, width: int) -> None:
        self.window = window
        self.width = width
        controls = {name: In(1) for name in ("record", "mark", "rewind")}
        flags = {"filled": Out(1), "feeding": Out(1)}
        super().__init__({"word": In(width), **controls, "past": Out(width), **flags})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        depth = 2 * self.window.room
        pointer = Signal(range(depth), name="pointer")
        marked = Signal(range(depth), name="marked", init=self.window.prefill)
        # Where the pointer was before it moved on last: one less, without a subtraction.
        previous = Signal(range(depth), name="previous")
        # Of the words played back, the last.
        final = Signal(range(depth), name="final", init=self.window.prefill - 1)
        advance = Signal(name="advance")
        m.d.comb += advance.eq(~self.filled | self.record)
        past = add_lut_memory(
            m, "history_words", depth=depth, address=pointer, data=self.word, en=advance
        )
        m.d.comb += self.past.eq(past)
        with m.If(self.rewind):
            m.d.sync += [pointer.eq(marked - self.window.prefill)]
            m.d.sync += [self.filled.eq(0), self.feeding.eq(1)]
        with m.Elif(advance):
            m.d.sync += [pointer.eq(incremented(pointer)), previous.eq(pointer)]
            with m.If(pointer == final):
                m.d.sync += [self.filled.eq(1), self.feeding.eq(0)]
        with m.If(self.mark):
            m.d.sync += [marked.eq(pointer), final.eq(previous)]
        return m
