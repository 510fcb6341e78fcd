"""The write half of an AXI4-Lite subordinate."""

from __future__ import annotations

from amaranth.hdl import Module, Mux, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .register_bus import RegisterWriteSignature, is_in_map
from .signatures import OKAY, SLVERR, AXI4LiteWriteSignature


class LiteWrite(wiring.Component):
    """Takes an address and a word, in either order or together, writes, and answers.

    Timing: a ready falls once its channel's transfer has been taken; the word is written in the
    cycle after the later of the two; ``bvalid`` rises one cycle later and stays until the response
    is taken; both readies rise two cycles after that, and two cycles after a reset. So one write is
    outstanding at most, and there is one every four cycles where nobody waits. Every output of
    ``axi`` is a register.

    An address that is not a multiple of four or beyond the index, or a strobe that is low, writes
    nothing and answers SLVERR, and so does ``write_allowed`` low; OKAY where there are no errors.

    Parameters
    ----------
    index_bits : int
        Those of the bus.
    errors : bool
        Whether there are.

    Members
    -------
    axi : AXI4LiteWriteSignature, in
        The channels.
    bus : RegisterWriteSignature, out
        The accesses.
    """

    def __init__(self, index_bits: int, *, errors: bool = True) -> None:
        self._error = SLVERR if errors else OKAY
        super().__init__(
            {"axi": In(AXI4LiteWriteSignature()), "bus": Out(RegisterWriteSignature(index_bits))}
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        axi, bus = self.axi, self.bus
        has_address, has_data = Signal(name="has_address"), Signal(name="has_data")
        in_map = Signal(name="in_map", reset_less=True)
        strobes_high = Signal(name="strobes_high", reset_less=True)
        index = Signal(len(bus.write_index), name="index", reset_less=True)
        word = Signal(len(bus.write_data), name="word", reset_less=True)
        complete = Signal(name="complete")
        m.d.comb += [
            complete.eq(has_address & has_data),
            bus.write_index.eq(index),
            bus.write_data.eq(word),
        ]
        with m.If(~has_address & ~has_data & ~axi.bvalid):
            m.d.sync += [axi.awready.eq(1), axi.wready.eq(1)]
        address_is_in_map = is_in_map(axi.awaddr, len(index))
        with m.If(axi.awvalid & axi.awready):
            m.d.sync += [axi.awready.eq(0), has_address.eq(1)]
            m.d.sync += [index.eq(axi.awaddr[2:]), in_map.eq(address_is_in_map)]
        with m.If(axi.wvalid & axi.wready):
            m.d.sync += [axi.wready.eq(0), has_data.eq(1)]
            m.d.sync += [word.eq(axi.wdata), strobes_high.eq(axi.wstrb.all())]
        # A register, since all that a write does comes after it.
        address_fits = Mux(has_address, in_map, axi.awvalid & axi.awready & address_is_in_map)
        data_fits = Mux(has_data, strobes_high, axi.wvalid & axi.wready & axi.wstrb.all())
        m.d.sync += bus.write.eq(~complete & address_fits & data_fits)
        with m.If(axi.bvalid & axi.bready):
            m.d.sync += axi.bvalid.eq(0)
        with m.If(complete):
            m.d.sync += [has_address.eq(0), has_data.eq(0), axi.bvalid.eq(1)]
            with m.If(bus.write & bus.write_allowed):
                m.d.sync += axi.bresp.eq(OKAY)
            with m.Else():
                m.d.sync += axi.bresp.eq(self._error)
        return m
