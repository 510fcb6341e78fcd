"""From the engine's beats to frames, and how a frame ends early."""

from __future__ import annotations

from typing import Any

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import data, stream, wiring
from amaranth.lib.wiring import In, Out

from ..parameters import AXIParameters
from .signatures import AXI4StreamSignature


class FramePort(wiring.Component):
    """Shows the engine's beats as AXI4-Stream frames, and stops the engine between two beats.

    A restart must not change a beat that is being offered, and the frame needs an end. So the
    engine is reset at once where no beat is offered; otherwise when the frame has ended, with the
    beat after the one that was offered at the latest: the engine's next one, with ``tlast``. No
    beat has to be stored for that.

    Timing: ``tvalid``, ``tdata``, ``tlast`` and ``tuser`` do not depend on an input within a clock
    cycle, and keep their values from ``tvalid`` on until the transfer, a transfer being a clock
    edge where ``tvalid & tready``. One cycle after ``restart``, ``reset`` is high if no beat is
    offered; if one is, ``reset`` is high in the cycle of the transfer that ends the frame.
    ``restart`` while one is pending changes nothing. Reset drops everything, in mid-frame as well.

    Parameters
    ----------
    parameters : AXIParameters
        The layouts.

    Members
    -------
    beat : stream.Signature(StructLayout), in
        The engine's; once valid it must stay so until the beat with ``last`` is taken.
    axis : AXI4StreamSignature, out
        A frame a command: ``tuser``, if there is one, is high in its first beat, ``tlast`` in its
        last.
    restart : Signal(1), in
        Asks for ``reset``.
    reset : Signal(1), out
        The engine's.
    """

    def __init__(self, parameters: AXIParameters) -> None:
        self.parameters = parameters
        beat = data.StructLayout({**parameters.layout.fields, "last": 1})
        super().__init__(
            {
                "beat": In(stream.Signature(beat)),
                "axis": Out(frame_signature(parameters)),
                "restart": In(1),
                "reset": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        beat, axis = self.beat, self.axis
        pending, closing = Signal(name="pending"), Signal(name="closing")
        first = Signal(name="first", init=1)
        m.d.comb += [
            axis.tvalid.eq(beat.valid),
            beat.ready.eq(axis.tready),
            axis.tdata.eq(slots_of(beat.payload, self.parameters)),
            axis.tlast.eq(beat.payload.last | closing),
            self.reset.eq(pending & (~axis.tvalid | (axis.tready & axis.tlast))),
        ]
        if self.parameters.marks_first:
            m.d.comb += axis.tuser.eq(first)
        with m.If(axis.tvalid & axis.tready):
            m.d.sync += [first.eq(axis.tlast), closing.eq(pending & ~axis.tlast)]
        with m.If(self.restart):
            m.d.sync += pending.eq(1)
        with m.Elif(self.reset):
            m.d.sync += pending.eq(0)
        return m


def frame_signature(parameters: AXIParameters) -> AXI4StreamSignature:
    """The stream of a system's beats."""
    return AXI4StreamSignature(parameters.stream_bits, user=parameters.marks_first)


def slots_of(payload: Any, parameters: AXIParameters) -> Value:
    """The word on m_axis_tdata: every mantissa sign-extended to a slot, lane 0 lowest.

    The code, where there is one, lies zero-extended in one more slot on top, and zeros above it
    where the stream is padded.

    Parameters
    ----------
    payload : View
        A beat, with ``mantissa`` and perhaps ``code``.
    parameters : AXIParameters
        The layouts.
    """
    layout, slot = parameters.layout, 8 * parameters.slot_bytes
    slots: list[Value] = []
    for lane in range(layout.lanes):
        mantissa = payload.mantissa.word_select(lane, layout.lane_bits)
        slots += [mantissa, mantissa[-1].replicate(slot - layout.lane_bits)]
    if layout.code_bits:
        slots += [payload.code, C(0, slot - layout.code_bits)]
    return Cat(*slots, C(0, parameters.padding_bits))
