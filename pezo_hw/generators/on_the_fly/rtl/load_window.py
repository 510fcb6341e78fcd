"""The words of a load that are to enter ring and tracker, staged and checked."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import equals
from ....rtl.memories import add_lut_memory
from ..history_window import HistoryWindow
from ..parameters import OnTheFlyParameters
from .tracker_check import TrackerCheck
from .window_check import WindowCheck


class LoadWindow(wiring.Component):
    """Keeps the words that are fed to load, and says whether n RNGs could have made them.

    Acceptable are exactly the words that n distinct RNGs, none of them zero, would have left in the
    history at some cycle, with a tracker that follows one of them; which of them is RNG 0 is not
    known here. `WindowCheck` and `TrackerCheck` say what that means. The memory has a single
    pointer: each word in turn is taken up, and all later ones are gone through.

    Timing: ``store`` high writes a word at the clock edge; ``last`` is high while one is missing.
    The check takes fed * (fed + 5) / 2 clock cycles from the edge of the last word on; in the cycle
    after them ``checked`` rises, and ``entry`` shows word 0, and one further after every edge with
    ``feed`` high. ``clear`` wins over all of that and starts anew. Reset wins over everything and
    does the same; the memory has no reset, and is written before it is read. ``acceptable`` is
    undefined while ``checked`` is low, ``entry`` as well and after ``fed`` edges with ``feed``.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.

    Members
    -------
    clear, store, feed : Signal(1), in
        See above.
    word : Signal(b + entry bits), in
        What is to enter position n - 1, and above it what is to enter the tracker.
    entry : Signal(b + entry bits), out
        A word again.
    last, checked, acceptable : Signal(1), out
        See above.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        self.fed = HistoryWindow.of(self.parameters).fed
        bits = self.parameters.width + self.parameters.entry_bits
        inputs = {name: In(1) for name in ("clear", "store", "feed")}
        outputs = {name: Out(1) for name in ("last", "checked", "acceptable")}
        super().__init__({**inputs, "word": In(bits), "entry": Out(bits), **outputs})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        pointer = Signal(range(self.fed + 2), name="pointer")
        checking = Signal(name="checking")
        words = add_lut_memory(
            m, "load_words", depth=self.fed, address=pointer, data=self.word, en=self.store
        )
        m.d.comb += self.entry.eq(words)
        m.d.comb += self.last.eq(equals(pointer, self.fed - 1))
        ends = self._check(m, pointer, checking)
        first = Signal(range(self.fed + 1), name="first")
        with m.If(self.clear):
            m.d.sync += [pointer.eq(0), first.eq(0), checking.eq(0), self.checked.eq(0)]
        with m.Elif(ends & equals(first, self.fed - 1)):
            m.d.sync += [pointer.eq(0), checking.eq(0), self.checked.eq(1)]
        with m.Elif(ends):
            m.d.sync += [pointer.eq(first + 1), first.eq(first + 1)]
        with m.Elif(self.store & self.last):
            m.d.sync += [pointer.eq(0), checking.eq(1)]
        with m.Elif(checking | self.store | self.feed):
            m.d.sync += pointer.eq(pointer + 1)
        return m

    def _check(self, m: Module, pointer: Signal, checking: Signal) -> Signal:
        """Takes the first word up, compares it with the later ones; high two places behind them."""
        width = self.parameters.width
        m.submodules.tracker = tracker = TrackerCheck(self.parameters)
        m.submodules.states = states = WindowCheck(self.parameters.bank, words=self.fed)
        takes = Signal(name="takes", init=1)
        past = Signal(name="past")
        ends = Signal(name="ends")
        with m.If(checking | self.clear):
            m.d.sync += takes.eq(ends | self.clear)
        m.d.comb += [
            tracker.clear.eq(self.clear),
            tracker.store.eq(self.store),
            tracker.entering.eq(self.word[width:]),
            states.clear.eq(self.clear),
            states.word.eq(self.entry[:width]),
            states.tracker.eq(tracker.state),
            states.take.eq(takes),
            states.compare.eq(checking & ~takes & ~past & ~ends),
            past.eq(equals(pointer, self.fed)),
            ends.eq(checking & equals(pointer, self.fed + 1)),
            states.arrived.eq(ends),
            self.acceptable.eq(states.followed & ~states.strays & ~tracker.strays),
        ]
        return ends
