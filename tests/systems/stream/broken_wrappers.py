"""Stream wrappers that each break a promise, for simulation and proof to find."""

from __future__ import annotations

from amaranth.hdl import Module, Signal, Value

from pezo_hw.systems.stream.rtl.wrapper import StreamWrapper


class WaitsForReady(StreamWrapper):
    """Fills only while the consumer is ready."""

    def elaborate(self, platform: object) -> Module:
        return _with_enable(self, self.o.ready)


class NeverStops(StreamWrapper):
    """Takes no notice of ready."""

    def elaborate(self, platform: object) -> Module:
        return _with_enable(self, 1)


class HalfThroughput(StreamWrapper):
    """Rests after every beat that was taken."""

    def elaborate(self, platform: object) -> Module:
        m = _with_enable(self, 0)
        rests = Signal()
        moves = ~self.core.valid | (self.o.ready & ~rests)
        m.d.comb += [self.core.en.eq(moves), self.o.valid.eq(self.core.valid & ~rests)]
        m.d.sync += rests.eq(self.core.valid & self.o.ready & ~rests)
        return m


def _with_enable(wrapper: StreamWrapper, en: Value | int) -> Module:
    m = Module()
    m.submodules.core = core = wrapper.core
    m.d.comb += [core.en.eq(en), wrapper.o.valid.eq(core.valid)]
    for field in wrapper.o.payload.shape().members:
        m.d.comb += wrapper.o.payload[field].eq(getattr(core, field))
    return m
