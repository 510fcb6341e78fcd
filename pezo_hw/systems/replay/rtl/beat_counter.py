"""Counts the beats of a command."""

from __future__ import annotations

from amaranth.hdl import C, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import incremented
from ....rtl.split_counter import SplitCounter

# High bits that are compared at once; those above them were compared a clock cycle earlier.
_COMPARED = 8


class BeatCounter(wiring.Component):
    """Says which of a number of beats is the last, and which belong to the last few.

    The low bits start from the complement of what is to come, so that they run full with the last
    beat; the high bits, a `SplitCounter`, count up to where they must be then. So the last few
    beats are those for which the high bits have arrived, which needs no comparison of magnitudes,
    and the high bits are cleared instead of loaded, which a flip-flop does by itself. They are
    counted no more than every second beat, since the low bits have been emptied then.

    They are one ahead: compared are those of the next beats, when the low bits run full, and what
    has come out is a register. So no comparison lies before ``last`` and all that depends on it.

    Timing: ``start`` high takes ``length`` over at the clock edge, while ``busy`` is low, and
    raises ``busy``. ``take`` (only while ``busy``) counts a beat; at the edge that takes the last
    one ``busy`` falls. Reset wins over both and lowers ``busy``. ``last`` and ``closing`` are
    undefined while ``busy`` is low.

    Parameters
    ----------
    bits : int
        Bits of ``length``.
    low_bits : int
        1 to ``bits - 1``: ``closing`` says that no more than 2^low_bits beats are left.

    Members
    -------
    start, take : Signal(1), in
        See above.
    length : Signal(bits), in
        The number of beats less one.
    busy, last, closing : Signal(1), out
        See above; ``busy`` and ``closing`` are registers.
    """

    def __init__(self, bits: int, low_bits: int) -> None:
        self.low_bits = low_bits
        super().__init__(
            {
                "start": In(1),
                "take": In(1),
                "length": In(bits),
                "busy": Out(1),
                "last": Out(1),
                "closing": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        split = self.low_bits
        low = Signal(split, name="low")
        m.submodules.high = high = SplitCounter(len(self.length) - split, start=1)
        goal = Signal(len(high.count), name="goal")
        full = Signal(name="full")
        upper_equal = self._upper_equal(m, high.count, goal)
        m.d.comb += [
            full.eq(low.all()),
            self.last.eq(self.closing & full),
            high.clear.eq(~self.busy),
            high.step.eq(self.take & full),
        ]
        with m.If(self.start):
            m.d.sync += [low.eq(~self.length[:split]), goal.eq(self.length[split:])]
            m.d.sync += [self.busy.eq(1), self.closing.eq(~self.length[split:].any())]
        with m.Elif(self.take):
            m.d.sync += low.eq(incremented(low))
            with m.If(full):
                arrives = upper_equal & (high.count[:_COMPARED] == goal[:_COMPARED])
                m.d.sync += [self.busy.eq(~self.closing), self.closing.eq(arrives)]
        return m

    def _upper_equal(self, m: Module, count: Value, goal: Signal) -> Value:
        """Whether the high bits but for the lowest are where they must be, one clock cycle late.

        That is soon enough where it matters, when the low bits run full: the high bits have been
        the same since the cycle before, but for a command's first one, and then they are clear.
        """
        above = self.length[self.low_bits :][_COMPARED:]
        if not len(above):
            return C(1)
        upper_equal = Signal(name="upper_equal", reset_less=True)
        equal = count[_COMPARED:] == goal[_COMPARED:]
        m.d.sync += upper_equal.eq(Mux(self.busy, equal, ~above.any()))
        return upper_equal
