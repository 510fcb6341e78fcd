"""Whether the words of a load are those that were meant."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....algebra.matrix import BitMatrix
from ....rtl.functions import linear_map
from ..load_check import CHECK_BITS, CHECK_START, check_after
from ..options import LOAD_WORD_BITS


class LoadCheck(wiring.Component):
    """Follows the words of a load with a check of 16 bits, which each check word brings back.

    Where no word has more than 16 bits, the upper halves are not looked at: they are to be 0, and
    nothing takes notice of them.

    Timing: ``take`` has ``word`` taken at a clock edge. ``good`` is high while all parts that have
    been taken since ``clear`` are whole and as they were meant, see `with_check_word`. ``clear``
    wins over ``take`` and starts anew; reset does the same and wins over both.

    Parameters
    ----------
    word_bits : int
        The bits of the widest word.

    Members
    -------
    clear, take : Signal(1), in
        See above.
    word : Signal(32), in
        The word.
    good : Signal(1), out
        See above.
    """

    def __init__(self, word_bits: int) -> None:
        self.bits = CHECK_BITS if word_bits <= CHECK_BITS else LOAD_WORD_BITS
        super().__init__(
            {"clear": In(1), "take": In(1), "word": In(LOAD_WORD_BITS), "good": Out(1)}
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        check = Signal(CHECK_BITS, name="remainder", init=CHECK_START)
        step = BitMatrix.of_linear_step(lambda bits: check_after(bits, 0), CHECK_BITS)
        entry = BitMatrix.of_linear_step(lambda bits: check_after(0, bits), LOAD_WORD_BITS)
        looked_at = (1 << self.bits) - 1
        rows = tuple(row & looked_at for row in entry.rows[:CHECK_BITS])
        entering = linear_map(BitMatrix(rows=rows), self.word)
        m.d.comb += self.good.eq(check == CHECK_START)
        with m.If(self.clear):
            m.d.sync += check.eq(CHECK_START)
        with m.Elif(self.take):
            m.d.sync += check.eq(linear_map(step, check) ^ entering)
        return m
