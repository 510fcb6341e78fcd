"""The on-the-fly core."""

from __future__ import annotations

from amaranth.hdl import Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.fill_counter import FillCounter
from ..parameters import OnTheFlyParameters
from .lfsr_bank import LFSRBank
from .pins import add_scale_factor, connect_pins
from .rotating_bank import RotatingBank
from .scale_factor_lut import ScaleFactorLUT


class OnTheFlyCore(wiring.Component):
    """W mantissas and one exponent code a cycle, from n LFSRs and a table (paper, section 3).

    With a constant exponent there are n LFSRs and nothing else: no table, no tracker, no code.

    A tracker, one more LFSR that follows RNG 0, addresses the table. The table answers two cycles
    later; the bank therefore *starts* two cycles before cycle 0, by running its step backwards when
    the hardware is generated, and no mantissa needs to be delayed.

    With ``output = "fixed-point"`` a `Shifter` follows, one cycle later, and there is no ``code``.

    Timing: ``valid`` rises ``parameters.latency`` enabled clock edges after a reset (2 with a
    table, 3 with fixed-point output from one, 1 without) and stays. A beat is taken at a clock edge
    where ``en & valid``; the beats taken are cycle 0, 1, 2, ... of the stream, one a clock cycle.
    With ``en`` low every output keeps its value. Reset (synchronous, wins over ``en``) at any
    moment starts again from cycle 0. While ``valid`` is low, ``mantissa`` and ``code`` are
    undefined.

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
        Exponent code of all lanes: value = mantissa * 2^(base + code - frac) * gain. Absent with a
        constant exponent, where code is 0, and with fixed-point output, where value = mantissa *
        2^-frac * gain.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        self.rotating_bank = RotatingBank(
            parameters.bank,
            architecture=parameters.architecture,
            start_cycle=-parameters.bank_latency,
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
        parameters = self.parameters
        m.submodules.rotating_bank = rotating_bank = self.rotating_bank
        m.submodules.fill = fill = FillCounter(parameters.latency)
        m.d.comb += [rotating_bank.en.eq(self.en), fill.en.eq(self.en), self.valid.eq(fill.valid)]
        table = None
        if parameters.has_table:
            tracker, scale_factor = LFSRBank(parameters.tracker), ScaleFactorLUT(parameters)
            table = add_scale_factor(m, tracker, scale_factor, en=self.en)
        connect_pins(
            m, self, parameters, positions=rotating_bank.positions, table=table, en=self.en
        )
        return m
