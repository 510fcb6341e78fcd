"""Whether words that are to enter the ring are those of distinct RNGs in lockstep."""

from __future__ import annotations

from amaranth.hdl import C, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import equals, linear_map
from ..bank import BankParameters


class WindowCheck(wiring.Component):
    """Steps a word along and compares it with those after it.

    The words of the ring go round: every n-th is of the same RNG, and any other pair, brought to
    the same cycle, must differ. None may be zero. Two cycles past the last word a word is where the
    tracker is, if it is RNG 0's.

    Timing: ``take`` high takes the word up at the clock edge; in the cycles that follow it has been
    stepped once, twice and so on, and is compared with ``word`` in those with ``compare`` high, and
    with ``tracker`` where ``arrived`` is. What a comparison finds is known two cycles later, what
    an arrival finds in the next one. ``clear`` wins over what is found, reset over everything:
    nothing has been found.

    Parameters
    ----------
    bank : BankParameters
        The number of RNGs and their step; their seeds are of no interest.
    words : int
        How many words there are at most.

    Members
    -------
    clear, take, compare, arrived : Signal(1), in
        See above; only one of the last three is high.
    word, tracker : Signal(b), in
        See above.
    strays : Signal(1), out
        Some word was zero, equal to one that it must not equal, or unlike one that it must.
    followed : Signal(1), out
        Some word was where the tracker is.
    """

    def __init__(self, bank: BankParameters, *, words: int) -> None:
        self.bank = bank
        self.words = words
        controls = {name: In(1) for name in ("clear", "take", "compare", "arrived")}
        states = {"word": In(bank.lfsr.width), "tracker": In(bank.lfsr.width)}
        super().__init__({**controls, **states, "strays": Out(1), "followed": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        stepped = Signal(self.bank.lfsr.width, name="stepped")
        clashes = Signal(name="clashes")
        source = Mux(self.take, self.word, stepped)
        m.d.sync += stepped.eq(linear_map(self.bank.lfsr.cycle_matrix, source))
        # A register of its own: the memory, the comparison and what follows from it take long.
        m.d.sync += clashes.eq(self.compare & ((stepped == self.word) != self._same_rng(m)))
        with m.If(self.clear):
            m.d.sync += [clashes.eq(0), self.strays.eq(0), self.followed.eq(0)]
        with m.Else():
            with m.If(clashes | (self.arrived & ~stepped.any())):
                m.d.sync += self.strays.eq(1)
            with m.If(self.arrived & (stepped == self.tracker)):
                m.d.sync += self.followed.eq(1)
        return m

    def _same_rng(self, m: Module) -> Value:
        """Whether the word compared is a multiple of n behind the one taken up."""
        rngs = self.bank.rngs
        if self.words <= rngs:
            return C(0)
        distance = Signal(range(rngs + 1), name="distance", init=1)
        again = Signal(name="again")
        m.d.comb += again.eq(equals(distance, rngs))
        m.d.sync += distance.eq(Mux(self.take | again, 1, distance + 1))
        return again
