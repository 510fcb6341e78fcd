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


def better_mapping(
    mapped: Netlist, map_again: Callable[[], Netlist], *, few_levels: bool
) -> Netlist:
    """The design as it was mapped first, or as it is mapped for few levels.

    The second one is only made where the first has more than `MOST_LEVELS` levels. Which of them
    counts does not depend on whose design it is:

    * for few LUTs the one with fewer, and of two with as many the one with fewer levels;
    * for few levels the second, if it has fewer levels for at most a tenth more LUTs, or as many
      and fewer LUTs. So what a design takes is not the price of a level that nobody asked for.

    Parameters
    ----------
    mapped : Netlist
        The design, mapped first.
    map_again : callable
        Maps it for few levels.
    few_levels : bool
        Whether levels are what matters, and not LUTs.

    Raises
    ------
    PezoError
        For a loop without a register in it.
    """
    levels = longest_path(mapped).levels
    if levels <= MOST_LEVELS:
        return mapped
    again = map_again()
    levels_again = longest_path(again).levels
    lut, lut_again = count(mapped).lut, count(again).lut
    if few_levels and levels_again < levels:
        takes_it = lut_again * _LUTS_FOR_ONE_MORE <= lut * (_LUTS_FOR_ONE_MORE + 1)
    elif few_levels:
        takes_it = levels_again == levels and lut_again < lut
    else:
        takes_it = (lut_again, levels_again) < (lut, levels)
    return again if takes_it else mapped
