"""Which of two mappings of a design counts, where one of them is deep."""

from __future__ import annotations

from collections.abc import Callable

from .levels import longest_path
from .netlist import Netlist
from .resources import count

# Up to so many levels a design is as it is: what is next to registers needs no second look.
MOST_LEVELS = 3
# What fewer levels may cost: one LUT more for so many.
_LUTS_FOR_ONE_MORE = 10


def least_deep(mapped: Netlist, map_again: Callable[[], Netlist]) -> Netlist:
    """The design as it was mapped first, or as it is mapped for few levels.

    The second one is only made where the first has more than `MOST_LEVELS` levels. It is taken if
    it has fewer, for at most a tenth more LUTs, or as many and fewer LUTs. So what a design takes
    is not the price of a level that nobody asked for, and the same holds for every design.

    Parameters
    ----------
    mapped : Netlist
        The design, mapped first.
    map_again : callable
        Maps it for few levels.

    Raises
    ------
    PezoError
        For a loop without a register in it.
    """
    levels = longest_path(mapped).levels
    if levels <= MOST_LEVELS:
        return mapped
    again = map_again()
    more = longest_path(again).levels - levels
    lut, first_lut = count(again).lut, count(mapped).lut
    most = first_lut * (_LUTS_FOR_ONE_MORE + 1)
    cheap = lut * _LUTS_FOR_ONE_MORE <= most if more < 0 else more == 0 and lut < first_lut
    return again if cheap else mapped
