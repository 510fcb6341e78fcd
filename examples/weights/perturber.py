"""Weights and beats in, perturbed weights out."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Mux, Signal, Value, signed
from amaranth.lib import wiring
from amaranth.lib.wiring import In

from pezo_hw.systems.axi.rtl.signatures import AXI4StreamSignature

from .bfloat16_lane import BFloat16Lane
from .int8_lane import Int8Lane
from .parameters import BFLOAT16, EXPONENT_BITS, INT8, PerturberParameters

_LANES: dict[str, type[Int8Lane] | type[BFloat16Lane]] = {INT8: Int8Lane, BFLOAT16: BFloat16Lane}
_POWER_BITS = 10


class WeightPerturber(wiring.Component):
    """w + s * 2^e * z for every weight, one beat a cycle.

    A beat of weights and a beat of numbers are taken together, and come out as a beat of weights
    `latency` cycles later, where nobody waits. ``weights`` decides where frames end; that of
    ``beats`` has to end there as well, which is not looked at.

    Timing: no output but the two readies depends on an input within a clock cycle. While
    ``result_tready`` is low and a beat is offered, everything stands still.

    Parameters
    ----------
    parameters : PerturberParameters
        The weights' type, and how the beats lie.

    Members
    -------
    weights_*, beats_* : AXI4StreamSignature, in
        Weights, lane 0 lowest; the beats of ``--system axi``.
    result_* : AXI4StreamSignature, out
        Weights.
    negative : Signal(1), in
        The sign s.
    exponent : Signal(signed(EXPONENT_BITS)), in
        e. Both are kept from a frame's first beat on: the next frame's can be written meanwhile.
    """

    def __init__(self, parameters: PerturberParameters) -> None:
        self.parameters = parameters
        lane = _LANES[parameters.weight]
        self.lanes = [lane(parameters.mantissa_bits) for _ in range(parameters.lanes)]
        weights = AXI4StreamSignature(parameters.lanes * parameters.weight_bits, user=False)
        beats = AXI4StreamSignature(parameters.beat_bits, user=False)
        super().__init__(
            {
                **_members("weights", weights.flip()),
                **_members("beats", beats.flip()),
                **_members("result", weights),
                "negative": In(1),
                "exponent": In(signed(EXPONENT_BITS)),
            }
        )

    @property
    def latency(self) -> int:
        """Clock edges from a beat that is taken to the one that is offered of it."""
        return 1 + self.lanes[0].latency

    def elaborate(self, platform: object) -> Module:
        m = Module()
        valid, last = Signal(self.latency, name="valid"), Signal(self.latency, name="last")
        step, taken = Signal(name="step"), Signal(name="taken")
        m.d.comb += [
            step.eq(~self.result_tvalid | self.result_tready),
            taken.eq(step & self.weights_tvalid & self.beats_tvalid),
            self.weights_tready.eq(step & self.beats_tvalid),
            self.beats_tready.eq(step & self.weights_tvalid),
            Cat(self.result_tvalid, self.result_tlast).eq(Cat(valid[-1], last[-1])),
        ]
        with m.If(step):
            m.d.sync += [valid.eq(Cat(taken, valid[:-1])), last.eq(Cat(self.weights_tlast, last))]
        power, negative = self._scale(m, step, taken)
        for index, lane in enumerate(self.lanes):
            m.submodules[f"lane_{index}"] = lane
            weight, mantissa = self._operands(index)
            held = Signal(len(weight) + len(mantissa), name=f"operands_{index}")
            with m.If(step):
                m.d.sync += held.eq(Cat(weight, mantissa))
            result = self.result_tdata.word_select(index, len(weight))
            m.d.comb += [
                lane.en.eq(step),
                lane.weight.eq(held),
                lane.mantissa.eq(held[len(weight) :]),
                lane.power.eq(power),
                lane.negative.eq(negative),
                result.eq(lane.result),
            ]
        return m

    def _operands(self, index: int) -> tuple[Value, Value]:
        """A lane's weight and mantissa where they come in."""
        slot = self.beats_tdata.word_select(index, self.parameters.slot_bits)
        weight = self.weights_tdata.word_select(index, self.parameters.weight_bits)
        return weight, slot[: self.parameters.mantissa_bits]

    def _scale(self, m: Module, step: Value, taken: Value) -> tuple[Signal, Signal]:
        """The exponent of a mantissa's lowest bit, and the sign, of the beat last taken."""
        p = self.parameters
        first = Signal(name="first", init=1)
        given = Cat(self.exponent, self.negative)
        kept = Signal(len(given), name="kept")
        scale = Mux(first, given, kept)
        code = self.beats_tdata[p.slot_bits * p.lanes :][: p.code_bits]
        power = Signal(signed(_POWER_BITS), name="power")
        negative = Signal(name="is_negative")
        with m.If(taken):
            m.d.sync += [first.eq(self.weights_tlast), kept.eq(scale)]
        with m.If(step):
            exponent = scale[:EXPONENT_BITS].as_signed()
            m.d.sync += [power.eq(exponent + code + p.exponent), negative.eq(scale[-1])]
        return power, negative


def _members(name: str, signature: wiring.Signature) -> dict[str, wiring.Member]:
    return {f"{name}_{pin}": member for pin, member in signature.members.items()}
