"""A bfloat16 weight and a number."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value, signed
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

_BIAS, _FRACTION, _SPECIAL = 127, 7, 255
_SIGNIFICAND = _FRACTION + 1
_FLOAT32 = 24
_INFINITY = _SPECIAL << _FRACTION


class BFloat16Lane(wiring.Component):
    """result = weight + mantissa * 2^power, or less that; one a cycle, seven cycles later.

    The sum is rounded to float32 and then to bfloat16, to nearest, ties to even, as software does
    that computes in float32: a weight far below a number that lies between two bfloat16 has no say.
    Weights that are infinite or no numbers stay as they are. Subnormal weights are weights.

    Timing: a pipeline of seven registers that all step at a clock edge with ``en`` high.

    Parameters
    ----------
    mantissa_bits : int
        Bits of a mantissa, at most 16.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    weight, result : Signal(16), in and out
        The bits of a bfloat16.
    mantissa : Signal(mantissa_bits), in
        Two's complement.
    power : Signal(signed(10)), in
        The exponent of the mantissa's lowest bit; -126 to 110.
    negative : Signal(1), in
        Subtracts.
    """

    latency = 7

    def __init__(self, mantissa_bits: int) -> None:
        self.mantissa_bits = mantissa_bits
        # Further apart, the lower operand only says on which side of the higher the sum is.
        self._far = mantissa_bits + _FLOAT32 + 4
        self._bits = max(_SIGNIFICAND, mantissa_bits)
        super().__init__(
            {
                "en": In(1),
                "weight": In(16),
                "mantissa": In(mantissa_bits),
                "power": In(signed(10)),
                "negative": In(1),
                "result": Out(16),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        self._staged = 0
        operands = self._aligned(m)
        total, lowest = self._added(m, *operands)
        rounded = self._rounded(m, *self._normalised(m, total, lowest))
        kept, sign = self._kept(m)
        bits = Signal(17, name="bits")
        m.d.comb += bits.eq((rounded + 0x7FFF + rounded[16]) >> 16)
        magnitude = Mux(bits > _INFINITY, _INFINITY, bits)
        with m.If(self.en):
            m.d.sync += self.result.eq(Mux(kept[-1], kept[:16], Cat(magnitude[:15], sign)))
        return m

    def _register(self, m: Module, value: Value, name: str) -> Signal:
        """What a value was at the last enabled edge."""
        register = Signal(value.shape(), name=name)
        with m.If(self.en):
            m.d.sync += register.eq(value)
        return register

    def _aligned(self, m: Module) -> tuple[Signal, Signal, Signal, Signal, Signal]:
        """The higher operand, the lower, how far apart, the lowest bit's exponent, subtract."""
        fraction, biased = self.weight[:_FRACTION], self.weight[_FRACTION:15]
        significand = Cat(fraction, biased.any())
        exponent = (Mux(biased.any(), biased, 1) - (_BIAS + _FRACTION)).as_signed()
        mantissa = self.mantissa.as_signed()
        size = Signal(self.mantissa_bits, name="size")
        minus = Signal(name="minus")
        m.d.comb += [size.eq(abs(mantissa)), minus.eq((mantissa < 0) ^ self.negative)]
        # A zero has no place: it is added to the other where that is.
        both = significand.any() & size.any()
        apart = Mux(both, exponent - self.power, 0)
        above = Signal(name="above")
        m.d.comb += above.eq(Mux(both, apart >= 0, significand.any()))
        distance = Mux(apart >= 0, apart, -apart)
        far = distance > self._far
        low = Mux(above, size, significand)
        amount = self._register(m, Mux(far, self._far, distance)[:6], "amount")
        highest = Mux(above, exponent, self.power)
        self._signs = self._register(m, Cat(self.weight[15], minus), "signs")
        self._above = self._register(m, above, "is_above")
        special = biased == _SPECIAL
        self._weight = self._register(m, Cat(self.weight, special), "weight_1")
        return (
            self._register(m, Mux(above, significand, size), "high"),
            self._register(m, Mux(far, C(1, self._bits), low), "low"),
            amount,
            self._register(m, (highest - Mux(far, self._far, distance))[:11].as_signed(), "lowest"),
            self._register(m, self.weight[15] ^ minus, "differ"),
        )

    def _added(
        self, m: Module, high: Signal, low: Signal, amount: Signal, lowest: Signal, differ: Signal
    ) -> tuple[Signal, Signal]:
        """The size of the sum, which of the signs it has, and the exponent of its lowest bit."""
        shifted = self._register(m, (high << amount)[: self._bits + self._far], "shifted")
        low, differ = self._register(m, low, "low_2"), self._register(m, differ, "differ_2")
        lowest = self._register(m, self._register(m, lowest, "lowest_2"), "lowest_3")
        total = self._register(
            m, Mux(differ, shifted - low, shifted + low)[: self._bits + self._far + 2], "total"
        )
        size = self._register(m, abs(total.as_signed())[: len(total) - 1], "sum_size")
        lowest = self._register(m, lowest, "lowest_4")
        for stage in (2, 3):
            self._signs = self._register(m, self._signs, f"signs_{stage}")
            self._above = self._register(m, self._above, f"is_above_{stage}")
        of_weight, of_number = self._signs[0], self._signs[1]
        of_high = Mux(self._above, of_weight, of_number)
        # What is left of equals is +0, but for two of -0.
        sign = Mux(total.any(), of_high ^ total[-1], of_weight & of_number)
        self._sign = self._register(m, sign, "sign_4")
        return size, lowest

    def _normalised(self, m: Module, size: Signal, lowest: Signal) -> tuple[Signal, Signal]:
        """The size with its highest bit on top, unless it is subnormal, and its exponent's bits."""
        width = len(size)
        zeros = Signal(range(width + 1), name="zeros")
        m.d.comb += zeros.eq(width)
        for bit in range(width):
            with m.If(size[bit]):
                m.d.comb += zeros.eq(width - 1 - bit)
        room = lowest + (width - 1 + _BIAS - 1)
        left = Mux(zeros < room, zeros, room)
        normal = self._register(m, (size << left[: len(zeros)])[:width], "normal")
        biased = self._register(m, Mux(size.any(), room - left, 0)[:9], "biased")
        self._sign = self._register(m, self._sign, "sign_5")
        return normal, biased

    def _rounded(self, m: Module, normal: Signal, biased: Signal) -> Signal:
        """The bits of the float32, but for its sign, and perhaps beyond infinity's."""
        kept, rest = normal[-_FLOAT32:], normal[:-_FLOAT32]
        up = rest[-1] & (rest[:-1].any() | kept[0])
        bits = (biased << _FLOAT32 - 1) + kept + up
        self._sign = self._register(m, self._sign, "sign_6")
        over = bits >= _SPECIAL << _FLOAT32 - 1
        held = Mux(over, _SPECIAL << _FLOAT32 - 1, bits)
        return self._register(m, held[:31], "float32")

    def _kept(self, m: Module) -> tuple[Signal, Signal]:
        """The weight as it came, with a bit that says that it stays so, and the sum's sign."""
        for stage in range(2, self.latency):
            self._weight = self._register(m, self._weight, f"weight_{stage}")
        return self._weight, self._sign
