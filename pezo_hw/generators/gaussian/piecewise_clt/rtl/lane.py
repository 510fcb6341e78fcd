"""What a lane makes of its random words."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..alias_table import ALTERNATES, INDEX_BITS, THRESHOLD_BITS, THRESHOLDS
from ..model import (
    COLUMN_PLACE,
    FORM,
    MANTISSA_BITS,
    SIGN_PLACE,
    WORD_BITS,
    WORD_PLACE,
    WORDS,
)


class PiecewiseCLTLane(wiring.Component):
    """A sum of four words, and an alias table that draws where it is put.

    Timing: three stages of registers. ``samples`` is undefined until as many enabled clock edges
    after power-up or a reset.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    words : Signal(72), in
        The random bits; the highest two are not used.
    samples : Signal(14), out
        The number, in two's complement.
    """

    def __init__(self) -> None:
        pins = {"words": In(FORM.source.leap), "samples": Out(MANTISSA_BITS)}
        super().__init__({"en": In(1), **pins})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        total = self._sum(m)
        place, is_negative = self._place(m)
        # A place is so many times 256: the sum's low bits are the number's.
        negated = place ^ is_negative.replicate(INDEX_BITS)
        high = (total >> WORD_BITS) + Cat(negated, is_negative).as_signed() + is_negative
        number = Cat(total[:WORD_BITS], high[: MANTISSA_BITS - WORD_BITS])
        m.d.comb += self.samples.eq(self._registered(m, "number", number))
        return m

    def _sum(self, m: Module) -> Value:
        """(w3 - w2) - (w1 - w0), two enabled clock edges later."""
        words = [self.words.word_select(index, WORD_BITS) for index in range(WORDS)]
        differences = [
            self._registered(m, f"difference_{index}", words[2 * index + 1] - words[2 * index])
            for index in range(WORDS // 2)
        ]
        return self._registered(m, "sum", differences[1] - differences[0])

    def _place(self, m: Module) -> tuple[Value, Value]:
        """The place that is drawn and its sign, two enabled clock edges later."""
        column = self.words[COLUMN_PLACE:SIGN_PLACE]
        threshold = _entry(THRESHOLDS, THRESHOLD_BITS, column)
        is_own = self.words[WORD_PLACE:COLUMN_PLACE] < threshold
        draw = {
            "own": column,
            "alternate": _entry(ALTERNATES, max(ALTERNATES).bit_length(), column),
            "is_own": is_own,
            "sign": self.words[SIGN_PLACE],
        }
        drawn = {name: self._registered(m, f"drawn_{name}", value) for name, value in draw.items()}
        place = Mux(drawn["is_own"], drawn["own"], drawn["alternate"])
        return self._registered(m, "place", place), self._registered(m, "sign", drawn["sign"])

    def _registered(self, m: Module, name: str, value: Value) -> Value:
        """A value an enabled clock edge later."""
        register = Signal(value.shape(), name=name, reset_less=True)
        with m.If(self.en):
            m.d.sync += register.eq(value)
        return register


def _entry(table: Sequence[int], bits: int, index: Value) -> Value:
    """The table's entry at an index: a look-up table for each of its bits."""
    columns = (
        sum((entry >> bit & 1) << place for place, entry in enumerate(table)) for bit in range(bits)
    )
    return Cat(*(C(column, len(table)).bit_select(index, 1) for column in columns))
