"""The on-the-fly core."""

from __future__ import annotations

from amaranth.hdl import Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.fill_counter import FillCounter
from ..parameters import OnTheFlyParameters
from .lfsr_bank import LFSRBank
from .mantissa import mantissas_of
from .rotating_bank import RotatingBank
from .scale_factor_lut import ScaleFactorLUT
from .shifter import Shifter
from .tile import Tile


class OnTheFlyCore(wiring.Component):
    """W mantissas and one exponent code a cycle, from n LFSRs and a table (paper, section 3).

    A tracker, one more LFSR that follows RNG 0, addresses the table. The table answers two cycles
    later; the bank therefore *starts* two cycles before cycle 0, by running its step backwards when
    the hardware is generated, and no mantissa needs to be delayed.

    With ``output = "fixed-point"`` a `Shifter` follows, one cycle later, and there is no ``code``.

    Timing: ``valid`` rises 2 enabled clock edges after a reset (3 with fixed-point output) and
    stays. A beat is taken at a clock edge where ``en & valid``; the beats taken are cycle 0, 1, 2,
    ... of the stream, one a clock cycle. With ``en`` low every output keeps its value. Reset
    (synchronous, wins over ``en``) at any moment starts again from cycle 0. While ``valid`` is low,
    ``mantissa`` and ``code`` are undefined.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.

    Members
    -------
    en : Signal(1), in
        Clock enable of everything.
    valid : Signal(1), out
        Whether ``mantissa`` and ``code`` are a beat.
    mantissa : Signal(W * mantissa bits), out
        Two's complement, lane 0 lowest.
    code : Signal(c), out
        Exponent code of all lanes: value = mantissa * 2^(base + code - frac) * gain. Absent with
        fixed-point output, where value = mantissa * 2^-frac * gain.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        self.rotating_bank = RotatingBank(
            parameters.bank,
            architecture=parameters.architecture,
            start_cycle=-parameters.table_latency,
        )
        pins = {
            "en": In(1),
            "valid": Out(1),
            "mantissa": Out(parameters.lanes * parameters.fixed_point.bits),
        }
        if parameters.code_bits:
            pins["code"] = Out(parameters.code_bits)
        super().__init__(pins)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.rotating_bank = rotating_bank = self.rotating_bank
        m.submodules.tracker = tracker = LFSRBank(self.parameters.tracker)
        m.submodules.scale_factor = scale_factor = ScaleFactorLUT(self.parameters)
        m.submodules.tile = tile = Tile(
            self.parameters.rngs, self.parameters.lanes, self.parameters.fixed_point.bits
        )
        m.submodules.fill = fill = FillCounter(self.parameters.latency)
        m.d.comb += [part.en.eq(self.en) for part in (rotating_bank, tracker, scale_factor, fill)]
        m.d.comb += [
            scale_factor.address.eq(tracker.states),
            self.mantissa.eq(tile.lanes),
            self.valid.eq(fill.valid),
        ]
        if not self.parameters.scaling.is_shifted:
            mantissas = mantissas_of(rotating_bank.positions, self.parameters)
            m.d.comb += [tile.words.eq(mantissas), self.code.eq(scale_factor.code)]
            return m
        m.submodules.shifter = shifter = Shifter(self.parameters)
        m.d.comb += [
            shifter.en.eq(self.en),
            shifter.positions.eq(rotating_bank.positions),
            shifter.code.eq(scale_factor.code),
            tile.words.eq(shifter.fixed_point),
        ]
        return m
