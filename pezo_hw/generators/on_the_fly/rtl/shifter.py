"""The shifter behind the core: from mantissas with a shared exponent to fixed-point numbers."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..parameters import OnTheFlyParameters
from .tile import mantissas_of


class Shifter(wiring.Component):
    """Shifts the mantissa of every position left by the beat's code, into a register.

    A stage of two-to-one multiplexers for each bit of the codes that the table holds, so that with
    codes of 2 bits an output bit is one 6-input LUT. The code comes from the table's output
    register, and nothing else lies between the two registers.

    Timing: latency 1 enabled clock edge. With ``en`` low the output keeps its value. Nothing is
    reset: the output is undefined until the first enabled edge after power-up or a reset.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        With fixed-point output.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    positions : Signal(n * b), in
        The state that each position shows, position 0 lowest.
    code : Signal(c), in
        The exponent code of them all.
    fixed_point : Signal(n * output bits), out
        mantissa * 2^code, position 0 lowest.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        super().__init__(
            {
                "en": In(1),
                "positions": In(parameters.rngs * parameters.width),
                "code": In(parameters.scaling.code_bits),
                "fixed_point": Out(parameters.rngs * parameters.fixed_point.bits),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        register = Signal(len(self.fixed_point), name="output_register", reset_less=True)
        m.d.comb += self.fixed_point.eq(register)
        bits = self.parameters.fixed_point.bits
        shifted: Value = self._sign_extended()
        for stage in range((bits - self.parameters.state_format.bits).bit_length()):
            chosen = Signal(len(register), name=f"stage_{stage}")
            m.d.comb += chosen.eq(Mux(self.code[stage], _doubled(shifted, bits, stage), shifted))
            shifted = chosen
        with m.If(self.en):
            m.d.sync += register.eq(shifted)
        return m

    def _sign_extended(self) -> Value:
        """Every mantissa in the width of the output."""
        width = self.parameters.state_format.bits
        room = self.parameters.fixed_point.bits - width
        mantissas = mantissas_of(self.positions, self.parameters)
        words = (mantissas.word_select(p, width) for p in range(self.parameters.rngs))
        return Cat(*(Cat(word, word[-1].replicate(room)) for word in words))


def _doubled(words: Value, width: int, times: int) -> Value:
    """Every word shifted left by 2^times; what falls off its end is not needed."""
    places = 1 << times
    kept = (words[low : low + width - places] for low in range(0, len(words), width))
    return Cat(*(Cat(C(0, places), word) for word in kept))
