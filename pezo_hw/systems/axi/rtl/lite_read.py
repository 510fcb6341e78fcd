"""The read half of an AXI4-Lite subordinate."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .register_bus import RegisterReadSignature, is_in_map
from .signatures import OKAY, SLVERR, AXI4LiteReadSignature


class LiteRead(wiring.Component):
    """Takes an address, and answers with the register as it is in the cycle after.

    Timing: ``arready`` falls once an address has been taken; the register is read in the next
    cycle; ``rvalid`` rises one cycle later and stays until the word is taken; ``arready`` rises two
    cycles after that, and two cycles after a reset. So one read is outstanding at most, and there
    is one every four cycles where nobody waits. Every output of ``axi`` is a register.

    An address that is not a multiple of four or beyond the index, or ``read_allowed`` low, answers
    SLVERR and 0, or OKAY and 0 where there are no errors.

    Parameters
    ----------
    index_bits : int
        Those of the bus.
    errors : bool
        Whether there are.

    Members
    -------
    axi : AXI4LiteReadSignature, in
        The channels.
    bus : RegisterReadSignature, out
        The accesses.
    """

    def __init__(self, index_bits: int, *, errors: bool = True) -> None:
        self._error = SLVERR if errors else OKAY
        super().__init__(
            {"axi": In(AXI4LiteReadSignature()), "bus": Out(RegisterReadSignature(index_bits))}
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        axi, bus = self.axi, self.bus
        has_address = Signal(name="has_address")
        in_map = Signal(name="in_map", reset_less=True)
        index = Signal(len(bus.read_index), name="index", reset_less=True)
        m.d.comb += bus.read_index.eq(index)
        with m.If(~has_address & ~axi.rvalid):
            m.d.sync += axi.arready.eq(1)
        with m.If(axi.arvalid & axi.arready):
            m.d.sync += [axi.arready.eq(0), has_address.eq(1)]
            m.d.sync += [index.eq(axi.araddr[2:]), in_map.eq(is_in_map(axi.araddr, len(index)))]
        with m.If(axi.rvalid & axi.rready):
            m.d.sync += axi.rvalid.eq(0)
        with m.If(has_address):
            m.d.sync += [has_address.eq(0), axi.rvalid.eq(1)]
            with m.If(in_map & bus.read_allowed):
                m.d.sync += [axi.rresp.eq(OKAY), axi.rdata.eq(bus.read_data)]
            with m.Else():
                m.d.sync += [axi.rresp.eq(self._error), axi.rdata.eq(0)]
        return m
