"""What 16 lanes make of their random words."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..table import INDEX_BITS, MAGNITUDES, MANTISSA_BITS, SAMPLE_BITS, SIZE, STAGES, WORD_BITS


class HadamardGroup(wiring.Component):
    """A table for each word and a Walsh-Hadamard transform, the same in every group.

    A base sample is m + 1/2 in units of the table, and its negative -m - 1 + 1/2: so the sign
    inverts the bits of m, and no carry is needed. The first stage has (m + 1/2) + (n + 1/2) =
    m - ~n, and from there on all sums and differences are integers.

    Timing: a register behind the table and behind each stage, five enabled clock edges in all.
    ``samples`` is undefined until as many after power-up or a reset.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    words : Signal(16 * 7), in
        The random words, word 0 lowest.
    samples : Signal(16 * 12), out
        The transform of the samples, output 0 lowest, each in two's complement.
    """

    def __init__(self) -> None:
        pins = {"words": In(SIZE * WORD_BITS), "samples": Out(SIZE * MANTISSA_BITS)}
        super().__init__({"en": In(1), **pins})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        samples = [
            self._base_sample(m, index, self.words.word_select(index, WORD_BITS))
            for index in range(SIZE)
        ]
        for stage in range(STAGES):
            samples = self._mixed(m, stage, samples)
        m.d.comb += self.samples.eq(Cat(*samples))
        return m

    def _base_sample(self, m: Module, index: int, word: Value) -> Value:
        """The sample that a word chooses, less 1/2; its magnitude comes out of registers.

        They are reset, although nobody looks: Yosys makes a reset of those that have none, from a
        part of the table, and takes look-up tables for it.
        """
        magnitude = Signal(SAMPLE_BITS - 1, name=f"magnitude_{index}")
        sign = Signal(name=f"sign_{index}")
        with m.If(self.en):
            m.d.sync += [magnitude.eq(_magnitude(word[:INDEX_BITS])), sign.eq(word[-1])]
        return Cat(magnitude ^ sign.replicate(len(magnitude)), sign).as_signed()

    def _mixed(self, m: Module, stage: int, samples: Sequence[Value]) -> list[Value]:
        """The samples behind a stage, which pairs those 2^stage apart; in registers."""
        distance = 1 << stage
        mixed: list[Value] = []
        for index in range(SIZE):
            first, second = samples[index & ~distance], samples[index | distance]
            if index & distance:
                value = first - second
            else:
                value = first + second if stage else first - ~second
            register = Signal(value.shape(), name=f"stage_{stage}_{index}", reset_less=True)
            with m.If(self.en):
                m.d.sync += register.eq(value)
            mixed.append(register)
        return mixed


def _magnitude(index: Value) -> Value:
    """The table's entry at an index: a look-up table for each of its bits."""
    columns = (
        sum((entry >> bit & 1) << place for place, entry in enumerate(MAGNITUDES))
        for bit in range(SAMPLE_BITS - 1)
    )
    return Cat(*(C(column, len(MAGNITUDES)).bit_select(index, 1) for column in columns))
