"""What a lane makes of its random words."""

from __future__ import annotations

from amaranth.hdl import Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..model import MANTISSA_BITS, STAGES, WORD_BITS, WORDS


class CLTLane(wiring.Component):
    """A tree of adders: six differences of two words, and their sum.

    Timing: a register behind each of the four stages. ``samples`` is undefined until as many
    enabled clock edges after power-up or a reset.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    words : Signal(12 * 8), in
        The random words, word 0 lowest.
    samples : Signal(12), out
        Words 0, 2, ... less words 1, 3, ..., in two's complement.
    """

    def __init__(self) -> None:
        pins = {"words": In(WORDS * WORD_BITS), "samples": Out(MANTISSA_BITS)}
        super().__init__({"en": In(1), **pins})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        words = [self.words.word_select(index, WORD_BITS) for index in range(WORDS)]
        differences = [
            self._registered(m, f"difference_{index}", words[2 * index] - words[2 * index + 1])
            for index in range(WORDS // 2)
        ]
        m.d.comb += self.samples.eq(self._sum(m, differences))
        return m

    def _sum(self, m: Module, terms: list[Value]) -> Value:
        """The sum of the differences; a term without a partner waits for the next stage."""
        for stage in range(1, STAGES):
            pairs = [terms[place : place + 2] for place in range(0, len(terms), 2)]
            terms = [
                self._registered(m, f"sum_{stage}_{index}", sum(pair[1:], start=pair[0]))
                for index, pair in enumerate(pairs)
            ]
        return terms[0]

    def _registered(self, m: Module, name: str, value: Value) -> Value:
        """A value an enabled clock edge later."""
        register = Signal(value.shape(), name=name, reset_less=True)
        with m.If(self.en):
            m.d.sync += register.eq(value)
        return register
