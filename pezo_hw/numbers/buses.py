"""How wide a bus of the hardware may be."""

from __future__ import annotations

from ..errors import ConfigError

# Amaranth allows no wider ones, and numbers the bits of a value by 16 bits of its own: what a
# module's cells drive has to stay one below that.
WIDEST_WIRE = 1 << 16
WIDEST_VALUE = WIDEST_WIRE - 1


def check_bus(
    key: str, count: int, bits: int, *, widest: int = WIDEST_VALUE, more: int = 0
) -> None:
    """Checks that so many numbers side by side are a bus that hardware can have.

    The stream in software has no such bound.

    Parameters
    ----------
    key : str
        What says how many there are, with its section.
    count, bits : int
        How many, and the bits of each.
    widest : int
        `WIDEST_VALUE`, or `WIDEST_WIRE` where no cell drives the bus.
    more : int
        Bits of the bus beside them.

    Raises
    ------
    ConfigError
        Where it would be too wide.
    """
    most = (widest - more) // bits
    if count > most:
        beside = f" and {more} more" if more else ""
        bus = f"{count} times {bits} bits{beside} are a bus of over {widest:,}"
        raise ConfigError(key, count, f"an integer up to {most} for this hardware: {bus}")
