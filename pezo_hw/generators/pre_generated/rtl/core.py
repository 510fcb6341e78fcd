"""The pre-generated core."""

from __future__ import annotations

from amaranth.hdl import Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.fill_counter import FillCounter
from ..parameters import PreGeneratedParameters
from .copy_reader import CopyReader
from .pool_reader import PoolReader


class PreGeneratedCore(wiring.Component):
    """L stored numbers a cycle (paper, section 3.1, pre-generation).

    Timing: ``valid`` rises 1 enabled clock edge after a reset and stays. A beat is taken at a clock
    edge where ``en & valid``; the beats taken are cycle 0, 1, 2, ... of the stream, one a clock
    cycle. With ``en`` low every output keeps its value. Reset (synchronous, wins over ``en``) at
    any moment starts again from cycle 0. While ``valid`` is low, ``mantissa`` is undefined.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool; its storage must serve so many lanes.

    Members
    -------
    en : Signal(1), in
        Clock enable of everything.
    valid : Signal(1), out
        Whether ``mantissa`` is a beat.
    mantissa : Signal(L * b), out
        Two's complement, lane 0 lowest: value = mantissa * 2^-frac.
    """

    def __init__(self, parameters: PreGeneratedParameters) -> None:
        self.parameters = parameters
        self.reader = PoolReader(parameters) if parameters.stores_rows else CopyReader(parameters)
        super().__init__(
            {"en": In(1), "valid": Out(1), "mantissa": Out(parameters.lanes * parameters.width)}
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.reader = reader = self.reader
        m.submodules.fill = fill = FillCounter(self.parameters.latency)
        m.d.comb += [
            reader.en.eq(self.en),
            fill.en.eq(self.en),
            self.mantissa.eq(reader.mantissa),
            self.valid.eq(fill.valid),
        ]
        return m
