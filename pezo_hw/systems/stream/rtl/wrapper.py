"""The core behind a ready/valid handshake."""

from __future__ import annotations

from amaranth.hdl import Module
from amaranth.lib import data, stream, wiring
from amaranth.lib.wiring import Out

from ....numbers.beat_layout import BeatLayout


class StreamWrapper(wiring.Component):
    """A core's beats as an Amaranth stream.

    A core has one clock enable and shows a beat until the next enabled edge, so nothing needs to be
    stored: it moves while it has no beat, and then whenever its beat is taken. ``o.ready`` thus
    passes one gate and enables every register of the core in the same cycle. A consumer whose
    ``ready`` comes late in the cycle puts a register slice between; it would hold two whole beats
    in here as well, which is more than the core itself.

    Timing: ``o.valid`` rises ``latency`` clock edges after a reset, whatever ``o.ready`` is, and
    stays. A beat is taken at a clock edge where ``o.valid & o.ready``; the beats taken are cycle 0,
    1, 2, ... of the stream, one every clock cycle while ``o.ready`` is high. Until it is taken a
    beat keeps its value. Reset (synchronous) at any moment lowers ``o.valid`` and starts again from
    cycle 0. While ``o.valid`` is low ``o.payload`` is undefined. ``o.valid`` and ``o.payload`` do
    not depend on ``o.ready`` within a cycle.

    Parameters
    ----------
    core : Component
        What makes the beats, as `Generator.create` gives it; becomes a submodule.
    beat : BeatLayout
        The fields of a beat.

    Members
    -------
    o : stream.Signature(StructLayout), out
        The beats, laid out by `BeatLayout`: ``o.payload.mantissa`` lowest, ``o.payload.code``
        above it where the core has a code.
    """

    def __init__(self, core: wiring.Component, beat: BeatLayout) -> None:
        self.core = core
        layout = data.StructLayout(beat.fields)
        super().__init__({"o": Out(stream.Signature(layout))})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.core = core = self.core
        m.d.comb += [core.en.eq(~core.valid | self.o.ready), self.o.valid.eq(core.valid)]
        for field in self.o.payload.shape().members:
            m.d.comb += self.o.payload[field].eq(getattr(core, field))
        return m
