"""An int8 weight and a number."""

from __future__ import annotations

from amaranth.hdl import Module, Mux, Signal, signed
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

WEIGHT_BITS = 8
# From so many bits above a weight's lowest on, the smallest number is out of the weights' range.
_FAR = 9


class Int8Lane(wiring.Component):
    """result = weight + mantissa * 2^power, or less that; one a cycle, three cycles later.

    Rounded to nearest, ties to even, and then held at -128 and 127. The unit is a weight's step:
    with a scale of the quantisation that is a power of two, its exponent is part of ``power``.

    Timing: a pipeline of three registers that all step at a clock edge with ``en`` high.

    Parameters
    ----------
    mantissa_bits : int
        Bits of a mantissa.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    weight, result : Signal(8), in and out
        Two's complement.
    mantissa : Signal(mantissa_bits), in
        Two's complement.
    power : Signal(signed(10)), in
        The exponent of the mantissa's lowest bit.
    negative : Signal(1), in
        Subtracts.
    """

    latency = 3

    def __init__(self, mantissa_bits: int) -> None:
        self.mantissa_bits = mantissa_bits
        super().__init__(
            {
                "en": In(1),
                "weight": In(WEIGHT_BITS),
                "mantissa": In(mantissa_bits),
                "power": In(signed(10)),
                "negative": In(1),
                "result": Out(WEIGHT_BITS),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        # So many bits below a weight's lowest: a number that starts below them is under a quarter.
        fraction = self.mantissa_bits + 1
        far = fraction + _FAR
        place = Signal(signed(11), name="place")
        term = Signal(signed(self.mantissa_bits + 1), name="term")
        amount = Signal(range(far + 1), name="amount")
        weights = [Signal(signed(WEIGHT_BITS), name=f"weight_{stage}") for stage in (1, 2)]
        shifted = Signal(signed(self.mantissa_bits + 1 + far), name="shifted")
        mantissa = self.mantissa.as_signed()
        m.d.comb += place.eq(self.power + fraction)
        total = Signal(signed(len(shifted) + 1), name="total")
        rounded = Signal(signed(len(total) - fraction + 1), name="rounded")
        m.d.comb += total.eq((weights[1] << fraction) + shifted)
        whole, rest = total[fraction:].as_signed(), total[:fraction]
        half = 1 << fraction - 1
        m.d.comb += rounded.eq(whole + ((rest > half) | ((rest == half) & whole[0])))
        with m.If(self.en):
            m.d.sync += [
                weights[0].eq(self.weight),
                amount.eq(Mux(place < 0, 0, Mux(place > far, far, place))),
                term.eq(Mux(place < 0, 0, Mux(self.negative, -mantissa, mantissa))),
                weights[1].eq(weights[0]),
                shifted.eq(term << amount),
                self.result.eq(_held(rounded)),
            ]
        return m


def _held(value: Signal) -> Mux:
    """The nearest int8."""
    lowest, highest = -(1 << WEIGHT_BITS - 1), (1 << WEIGHT_BITS - 1) - 1
    return Mux(value < lowest, lowest, Mux(value > highest, highest, value))
