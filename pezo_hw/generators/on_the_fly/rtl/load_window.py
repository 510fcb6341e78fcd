"""The words of a load that are to enter ring and tracker, staged and checked."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import carried, equals, incremented, linear_map, reaches
from ....rtl.memories import add_lut_memory
from ..history_window import HistoryWindow
from ..parameters import OnTheFlyParameters

# Two numbers of so many bits are compared in one look-up table of six inputs.
_COMPARED = 3


class LoadWindow(wiring.Component):
    """Keeps the words of a load, and says whether n RNGs could have made them.

    Acceptable are exactly the words that n distinct RNGs, none of them zero, would have left in the
    history at some cycle, and with a table a tracker that follows one of them (`TrackerCheck`);
    which of them is RNG 0 is not known here.

    The words of the ring go round: every n-th is of the same RNG, and any other pair, brought to
    the same cycle, must differ. The memory has a single pointer. So each word in turn is loaded
    into a register, stepped from cycle to cycle, and compared with every later one. Two cycles past
    the last word it is where the tracker is, if it is RNG 0's; and a zero is a zero for ever.

    Timing: ``store`` high writes a word at the clock edge; ``last`` is high while one is missing.
    With N words the check takes N * (N + 5) / 2 clock cycles from the edge of the last word on; in
    the cycle after them ``checked`` rises, and ``entry`` shows word 0, and one further after every
    edge with ``feed`` high. ``clear`` wins over all of that and starts anew. Reset wins over
    everything and does the same; the memory has no reset, and is written before it is read.
    ``acceptable`` is undefined while ``checked`` is low, ``entry`` as well and after N edges with
    ``feed``.

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
        self.words = HistoryWindow.of(parameters).prefill
        bits = parameters.width + parameters.entry_bits
        inputs = {name: In(1) for name in ("clear", "store", "feed")}
        outputs = {name: Out(1) for name in ("last", "checked", "acceptable")}
        super().__init__({**inputs, "word": In(bits), "entry": Out(bits), **outputs})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        pointer = Signal(range(self.words + 2), name="pointer")
        checking = Signal(name="checking")
        # One place behind the last word, and the cycle after that.
        behind, end = Signal(name="behind"), Signal(name="end")
        words = add_lut_memory(
            m, "load_words", depth=self.words, address=pointer, data=self.word, en=self.store
        )
        m.d.comb += [
            self.entry.eq(words),
            behind.eq(checking & reaches(pointer, self.words) & ~end),
        ]
        with m.If(self.clear):
            m.d.sync += end.eq(0)
        with m.Else():
            m.d.sync += end.eq(behind)
        self._move(m, pointer, checking, end)
        loads, stepped = self._step(m, checking, end)
        compare = checking & ~loads & ~behind & ~end
        mismatch = self._mismatch(m, loads, stepped, compare, end)
        acceptable = ~mismatch & self._match(m, stepped, end)
        m.d.comb += self.acceptable.eq(acceptable)
        return m

    def _move(self, m: Module, pointer: Signal, checking: Signal, end: Signal) -> None:
        """Through the words as they come; then, for each of them, from it to the end."""
        # Behind the word from which it goes now.
        first = Signal(range(self.words + 1), name="first", init=1)
        with m.If(self.clear):
            m.d.sync += [pointer.eq(0), first.eq(1), checking.eq(0), self.checked.eq(0)]
            m.d.sync += self.last.eq(0)
        with m.Elif(end & reaches(first, self.words)):
            m.d.sync += [pointer.eq(0), checking.eq(0), self.checked.eq(1)]
        with m.Elif(end):
            m.d.sync += [pointer.eq(first), first.eq(carried(first)[:-1])]
        with m.Elif(self.store & self.last):
            m.d.sync += [pointer.eq(0), checking.eq(1), self.last.eq(0)]
        with m.Elif(checking | self.store | self.feed):
            m.d.sync += pointer.eq(incremented(pointer))
            with m.If(self.store):
                m.d.sync += self.last.eq(equals(pointer, self.words - 2))

    def _step(self, m: Module, checking: Signal, end: Signal) -> tuple[Signal, Signal]:
        """Whether the word shown is loaded, and the one loaded, a cycle further in each cycle."""
        bank = self.parameters.bank
        loads = Signal(name="loads", init=1)
        stepped = Signal(bank.lfsr.width, name="stepped")
        with m.If(checking | self.clear):
            m.d.sync += loads.eq(end | self.clear)
        source = Mux(loads, self.entry[: bank.lfsr.width], stepped)
        m.d.sync += stepped.eq(linear_map(bank.lfsr.cycle_matrix, source))
        return loads, stepped

    def _mismatch(
        self, m: Module, loads: Signal, stepped: Signal, compare: Value, end: Signal
    ) -> Value:
        """Some word was zero, equal to one that it must not equal, or unlike one that it must.

        The memory and the comparison take long: what is equal is a register, piece by piece, and
        what follows from it is known a cycle later.
        """
        starts = range(0, len(stepped), _COMPARED)
        equal, compared = Signal(len(starts), name="equal"), Signal(name="compared")
        same, mismatch = Signal(name="same"), Signal(name="mismatch")
        pieces = [slice(start, min(start + _COMPARED, len(stepped))) for start in starts]
        m.d.sync += [
            equal.eq(Cat(stepped[piece] == self.entry[piece] for piece in pieces)),
            same.eq(self._is_same_rng(m, loads)),
            compared.eq(compare),
        ]
        with m.If(self.clear):
            m.d.sync += [compared.eq(0), mismatch.eq(0)]
        with m.Elif(compared & (equal.all() != same) | (end & ~stepped.any())):
            m.d.sync += mismatch.eq(1)
        return mismatch

    def _is_same_rng(self, m: Module, loads: Signal) -> Value:
        """Whether the word shown is a multiple of n behind the one loaded."""
        rngs = self.parameters.rngs
        if self.words <= rngs:
            return C(0)
        distance = Signal(range(rngs + 1), name="distance", init=1)
        again = Signal(name="again")
        m.d.comb += again.eq(reaches(distance, rngs))
        m.d.sync += distance.eq(Mux(loads | again, 1, carried(distance)[:-1]))
        return again

    def _match(self, m: Module, stepped: Signal, end: Signal) -> Value:
        """Whether the tracker's bits are an LFSR's, and some word's; where there is a tracker."""
        if not self.parameters.has_table:
            return C(1)
        m.submodules.tracker = tracker = TrackerCheck(self.parameters)
        m.d.comb += [
            tracker.clear.eq(self.clear),
            tracker.store.eq(self.store),
            tracker.entering.eq(self.word[len(stepped) :]),
        ]
        match = Signal(name="match")
        with m.If(self.clear):
            m.d.sync += match.eq(0)
        with m.Elif(end & (stepped == tracker.state)):
            m.d.sync += match.eq(1)
        return match & ~tracker.mismatch


class TrackerCheck(wiring.Component):
    """Where the tracker will be when these bits have entered it, and whether it steps on the way.

    The first ceil(b / entry bits) entries make a state, whatever they are. Each later one must be
    what the step of the state before it makes anew.

    Timing: registers; an entry is taken at a clock edge with ``store`` high. ``clear`` wins over
    ``store`` and starts anew. Reset wins over both and does the same.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.

    Members
    -------
    clear, store : Signal(1), in
        See above.
    entering : Signal(entry bits), in
        The next entry.
    state : Signal(b), out
        The tracker after the entries so far; undefined until there are enough of them.
    mismatch : Signal(1), out
        Some entry was not the step's.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        super().__init__(
            {
                "clear": In(1),
                "store": In(1),
                "entering": In(parameters.entry_bits),
                "state": Out(parameters.width),
                "mismatch": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        parameters = self.parameters
        enough = -(-parameters.width // parameters.entry_bits)
        entries = Signal(range(enough + 1), name="entries")
        own = linear_map(parameters.lfsr.cycle_matrix, self.state)[: parameters.entry_bits]
        with m.If(self.clear):
            m.d.sync += [entries.eq(0), self.mismatch.eq(0)]
        with m.Elif(self.store):
            m.d.sync += self.state.eq(Cat(self.entering, self.state)[: parameters.width])
            with m.If(~equals(entries, enough)):
                m.d.sync += entries.eq(carried(entries)[:-1])
            with m.Elif(self.entering != own):
                m.d.sync += self.mismatch.eq(1)
        return m
