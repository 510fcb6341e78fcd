"""From what the bank and the table show to a core's pins, in either core."""

from __future__ import annotations

from amaranth.hdl import Module, Value
from amaranth.lib import wiring

from ..parameters import OnTheFlyParameters
from .lfsr_bank import LFSRBank
from .scale_factor_lut import ScaleFactorLUT
from .shifter import Shifter
from .tile import Tile, mantissas_of


def add_scale_factor(
    m: Module, tracker: LFSRBank, table: ScaleFactorLUT, *, en: Value
) -> ScaleFactorLUT:
    """Adds the table and the tracker that addresses it, both with the enable of the bank."""
    m.submodules.tracker = tracker
    m.submodules.scale_factor = table
    m.d.comb += [tracker.en.eq(en), table.en.eq(en), table.address.eq(tracker.states)]
    return table


def connect_pins(
    m: Module,
    core: wiring.Component,
    parameters: OnTheFlyParameters,
    *,
    positions: Value,
    table: ScaleFactorLUT | None,
    en: Value,
) -> None:
    """Drives ``mantissa`` and, where there is one, ``code`` of a core.

    Wiring alone; with fixed-point output a `Shifter` of the same enable lies between, one cycle.

    Parameters
    ----------
    m : Module
        The core's own.
    core : wiring.Component
        With these pins.
    parameters : OnTheFlyParameters
        The generator.
    positions : Value
        The state of each position, position 0 lowest.
    table : ScaleFactorLUT or None
        What shows the code of the same cycle; None where there is no table.
    en : Value
        Clock enable.
    """
    m.submodules.tile = tile = Tile(parameters.rngs, parameters.lanes, parameters.fixed_point.bits)
    m.d.comb += core.mantissa.eq(tile.lanes)
    if table is None or not parameters.scaling.is_shifted:
        m.d.comb += tile.words.eq(mantissas_of(positions, parameters))
        if table is not None:
            m.d.comb += core.code.eq(table.code)
        return
    m.submodules.shifter = shifter = Shifter(parameters)
    m.d.comb += [
        shifter.en.eq(en),
        shifter.positions.eq(positions),
        shifter.code.eq(table.code),
        tile.words.eq(shifter.fixed_point),
    ]
