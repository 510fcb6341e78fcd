"""Counts the beats of a command."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import incremented
from ....rtl.split_counter import SplitCounter

# Two numbers of so many bits are compared in one look-up table of six inputs.
_COMPARED = 3


class BeatCounter(wiring.Component):
    """Says which of a number of beats is the last, and which belong to the last few.

    The low bits, one more than those of the last few, start from the complement of what is to come,
    so that they run full with the last beat; the high bits, a `SplitCounter`, count up from zero to
    where they must be then. So the last few beats are those for which the high bits have arrived,
    which needs no comparison of magnitudes, and the high bits are cleared instead of loaded, which
    a flip-flop does by itself.

    They are counted once in four beats at most, and compared piece by piece into registers, of
    which another one is made, before half of the low bits' beats are over. So no comparison lies
    before ``last`` and ``closing`` and all that depends on them.

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
        See above; ``busy`` is a register.
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
        low = Signal(self.low_bits + 1, name="low")
        full, arrived = Signal(name="full"), self._add_high_bits(m, low)
        m.d.comb += [
            full.eq(low.all()),
            self.closing.eq(arrived & low[-1]),
            self.last.eq(arrived & full),
        ]
        with m.If(self.start):
            m.d.sync += [low.eq(~self.length[: len(low)]), self.busy.eq(1)]
        with m.Elif(self.take):
            m.d.sync += [low.eq(incremented(low)), self.busy.eq(~self.last)]
        return m

    def _add_high_bits(self, m: Module, low: Signal) -> Value:
        """Whether they have arrived; it is told late, but before the highest of the low bits is 1.

        The registers of the comparison say nothing yet in a command's first cycle, so that whether
        there is anything to count is told at once.
        """
        above = self.length[len(low) :]
        if not len(above):
            return C(1)
        m.submodules.high = high = SplitCounter(len(above))
        m.d.comb += [high.clear.eq(~self.busy), high.step.eq(self.take & low.all())]
        goal = Signal(len(above), name="goal")
        starts = range(0, len(above), _COMPARED)
        equal, arrived = Signal(len(starts), name="equal"), Signal(name="arrived")
        pieces = [slice(start, start + _COMPARED) for start in starts]
        m.d.sync += equal.eq(Cat(high.count[piece] == goal[piece] for piece in pieces))
        with m.If(~self.busy):
            m.d.sync += equal.eq(0)
        with m.If(self.start):
            m.d.sync += [goal.eq(above), arrived.eq(~above.any())]
        with m.Elif(equal.all()):
            m.d.sync += arrived.eq(1)
        return arrived
