"""How wide a bus of the hardware may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import ConfigError
from ..generators.on_the_fly.parameters import OnTheFlyParameters
from .beat_layout import BeatLayout

if TYPE_CHECKING:
    from ..generators.pre_generated.parameters import PreGeneratedParameters

# Amaranth allows no wider ones, and numbers the bits of a value by 16 bits of its own: what a
# module's cells drive has to stay one below that.
_WIDEST_WIRE = 1 << 16
_WIDEST_VALUE = _WIDEST_WIRE - 1


def check_core_buses(parameters: OnTheFlyParameters | PreGeneratedParameters) -> None:
    """Checks that a core alone has no bus that is too wide for hardware.

    The stream in software has no such bound.

    Raises
    ------
    ConfigError
        For the number of lanes, or of RNGs whose states are a bus as well.
    """
    bits = BeatLayout.of(parameters).lane_bits
    if not isinstance(parameters, OnTheFlyParameters):
        _check("pre-generated.lanes", parameters.lanes, bits, _WIDEST_VALUE)
        return
    _check("on-the-fly.rngs", parameters.rngs, max(parameters.width, bits), _WIDEST_VALUE)
    # The lanes are wires to the positions, and no cell drives them.
    _check(_key_of_lanes(parameters), parameters.lanes, bits, _WIDEST_WIRE)


def check_beat_buses(
    parameters: OnTheFlyParameters | PreGeneratedParameters, *, lane_bits: int, more_bits: int
) -> None:
    """Checks that a system has no bus of whole beats that is too wide.

    Parameters
    ----------
    parameters : OnTheFlyParameters or PreGeneratedParameters
        The generator.
    lane_bits : int
        Bits that a lane takes of the bus.
    more_bits : int
        Bits of it beside the lanes.

    Raises
    ------
    ConfigError
        For the number of lanes.
    """
    _check(_key_of_lanes(parameters), parameters.lanes, lane_bits, _WIDEST_VALUE, more_bits)


def _key_of_lanes(parameters: OnTheFlyParameters | PreGeneratedParameters) -> str:
    if not isinstance(parameters, OnTheFlyParameters):
        return "pre-generated.lanes"
    return "on-the-fly.rngs" if parameters.tile is None else "on-the-fly.tile"


def _check(key: str, count: int, bits: int, widest: int, more: int = 0) -> None:
    most = (widest - more) // bits
    if count > most:
        beside = f" and {more} more" if more else ""
        bus = f"{count} times {bits} bits{beside} are a bus of over {widest:,}"
        raise ConfigError(key, count, f"an integer up to {most} for this hardware: {bus}")
