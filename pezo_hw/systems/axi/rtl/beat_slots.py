"""A beat as whole bytes, in wiring."""

from __future__ import annotations

from typing import Any

from amaranth.hdl import C, Cat, Value

from ..parameters import AXIParameters


def slots_of(payload: Any, parameters: AXIParameters) -> Value:
    """The word on m_axis_tdata: every mantissa sign-extended to a slot, lane 0 lowest.

    The code, where there is one, lies zero-extended in one more slot on top.

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
    return Cat(*slots)
