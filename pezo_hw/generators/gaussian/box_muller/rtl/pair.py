"""What a pair of lanes makes of its random bits."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .....rtl.delay_line import DelayLine
from .....rtl.memories import add_rom
from ..model import (
    ANGLE_BITS,
    ANGLE_INDEX_BITS,
    COSINE_FRAC,
    DROPPED,
    FORM,
    MANTISSA_BITS,
    RADIUS_BITS,
)
from ..tables import COSINE_BITS, cosine_table, packed
from .length import STAGES as LENGTH_STAGES
from .length import BoxMullerLength

_PLACE_BITS = ANGLE_BITS - ANGLE_INDEX_BITS


class BoxMullerPair(wiring.Component):
    """Radius times cosine, and times sine, each with a sign of its own.

    Timing: twelve stages of registers. ``samples`` is undefined until as many enabled clock edges
    after power-up or a reset.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    words : Signal(64), in
        The random bits: 48 of the radius, 14 of the angle, the signs of cosine and sine.
    samples : Signal(2 * 16), out
        Both numbers in two's complement, the cosine's lowest.
    """

    def __init__(self) -> None:
        pins = {"words": In(FORM.source.leap), "samples": Out(FORM.size * MANTISSA_BITS)}
        super().__init__({"en": In(1), **pins})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.radius = radius = BoxMullerLength()
        # Until the table of cosines is read, two stages before the length is there.
        turn = DelayLine(width=FORM.source.leap - RADIUS_BITS, delay=LENGTH_STAGES - 2)
        m.submodules.turn = turn
        m.d.comb += [
            *(part.en.eq(self.en) for part in (radius, turn)),
            radius.word.eq(self.words[:RADIUS_BITS]),
            turn.i.eq(self.words[RADIUS_BITS:]),
        ]
        angle, signs = turn.o[:ANGLE_BITS], turn.o[ANGLE_BITS:]
        for stage in range(3):
            signs = self._registered(m, f"signs_{stage}", signs)
        samples = [
            self._sample(m, name, radius.length, at, sign)
            for name, at, sign in (("cosine", angle, signs[0]), ("sine", ~angle, signs[1]))
        ]
        m.d.comb += self.samples.eq(Cat(*samples))
        return m

    def _sample(self, m: Module, name: str, length: Value, angle: Value, sign: Value) -> Value:
        """The number of one lane, four stages after its angle."""
        magnitude = length * self._cosine(m, name, angle) + C(1 << (DROPPED - 1), DROPPED)
        magnitude = magnitude[DROPPED : DROPPED + MANTISSA_BITS - 1]
        magnitude = self._registered(m, f"{name}_magnitude", magnitude)
        signed = Cat(magnitude ^ sign.replicate(len(magnitude)), sign) + sign
        return self._registered(m, f"{name}_sample", signed[:MANTISSA_BITS])

    def _cosine(self, m: Module, name: str, angle: Value) -> Value:
        """The cosine of an angle below a quarter turn, two stages later."""
        row = add_rom(
            m,
            f"{name}s",
            width=sum(COSINE_BITS),
            contents=packed(cosine_table(), COSINE_BITS),
            address=angle[_PLACE_BITS:],
            en=self.en,
        )
        place = self._registered(m, f"{name}_place", angle[:_PLACE_BITS])
        constant, slope = row[: COSINE_BITS[0]], row[COSINE_BITS[0] :]
        cosine = constant - ((slope * Cat(C(1, 1), place)) >> (_PLACE_BITS + 1))
        return self._registered(m, name, cosine[4 : 5 + COSINE_FRAC])

    def _registered(self, m: Module, name: str, value: Value) -> Value:
        """A value an enabled clock edge later."""
        register = Signal(len(value), name=name, reset_less=True)
        with m.If(self.en):
            m.d.sync += register.eq(value)
        return register
