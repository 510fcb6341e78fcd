"""Feedback taps of maximal-length LFSRs: the defaults as data, and a search for better ones.

Exponents count from 1, so tap t reads bit t - 1 of the state. The search looks for taps whose leap
over several steps stays within a LUT's inputs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import combinations, groupby
from operator import xor

from ..errors import ConfigError
from .polynomial import from_exponents, is_primitive

# P. Alfke, "Efficient Shift Registers, LFSR Counters, and Long Pseudo-Random Sequence
# Generators", Xilinx application note XAPP052 v1.1 (1996), table 3; widths 3 to 32, read November
# 2026. The tests check that every entry is primitive.
DEFAULT_TAPS: dict[int, tuple[int, ...]] = {
    3: (3, 2),
    4: (4, 3),
    5: (5, 3),
    6: (6, 5),
    7: (7, 6),
    8: (8, 6, 5, 4),
    9: (9, 5),
    10: (10, 7),
    11: (11, 9),
    12: (12, 6, 4, 1),
    13: (13, 4, 3, 1),
    14: (14, 5, 3, 1),
    15: (15, 14),
    16: (16, 15, 13, 4),
    17: (17, 14),
    18: (18, 11),
    19: (19, 6, 2, 1),
    20: (20, 17),
    21: (21, 19),
    22: (22, 21),
    23: (23, 18),
    24: (24, 23, 22, 17),
    25: (25, 22),
    26: (26, 6, 2, 1),
    27: (27, 5, 2, 1),
    28: (28, 25),
    29: (29, 27),
    30: (30, 6, 4, 1),
    31: (31, 28),
    32: (32, 22, 2, 1),
}
NARROWEST, WIDEST = 3, 18


@dataclass(frozen=True, kw_only=True)
class Leap:
    """Taps, and the XORs that ``steps`` steps of their LFSR at once are.

    Attributes
    ----------
    taps : tuple of int
        Exponents, the width first, falling; tap t reads bit t - 1 of the state.
    steps : int
        k, steps in one clock cycle.
    """

    taps: tuple[int, ...]
    steps: int

    @cached_property
    def fan_ins(self) -> tuple[int, ...]:
        """Inputs of the XOR before each bit, bit 0 first; 1 is a wire."""
        rows = [1 << bit for bit in range(self.taps[0])]
        for _ in range(self.steps):
            rows.insert(0, reduce(xor, (rows[tap - 1] for tap in self.taps)))
            rows.pop()
        return tuple(row.bit_count() for row in rows)

    @property
    def fan_in(self) -> int:
        """Inputs of the widest XOR."""
        return max(self.fan_ins)

    @property
    def inputs(self) -> int:
        """Inputs of all XORs together, wires left out."""
        return sum(inputs for inputs in self.fan_ins if inputs > 1)

    @property
    def polynomial(self) -> int:
        """x^b + the sum of x^t over the other taps + 1; bit i is the coefficient of x^i."""
        return from_exponents((*self.taps, 0))


def search_taps(width: int, steps: int, fan_in: int) -> list[Leap]:
    """Every maximal set of taps whose leap has no XOR of more than ``fan_in`` inputs.

    Where there is none, those of the smallest fan-in that there is. The best come first: smallest
    fan-in, then fewest inputs in all, then fewest taps. All sets of taps are tried, so the answer
    is complete; the widest takes some seconds.

    Parameters
    ----------
    width : int
        b, 3 to 18.
    steps : int
        k, at least 1 and coprime to 2^b - 1.
    fan_in : int
        Inputs of a LUT, at least 2.

    Raises
    ------
    ConfigError
        For a value out of range.
    """
    _check(width, steps, fan_in)
    leaps = sorted((Leap(taps=taps, steps=steps) for taps in _candidates(width)), key=_rank)
    found: list[Leap] = []
    for widest, group in groupby(leaps, key=lambda leap: leap.fan_in):
        if widest > fan_in and found:
            break
        found += [leap for leap in group if is_primitive(leap.polynomial)]
    return found


def _rank(leap: Leap) -> tuple[int, int, int, tuple[int, ...]]:
    return leap.fan_in, leap.inputs, len(leap.taps), leap.taps


def _candidates(width: int) -> Iterator[tuple[int, ...]]:
    """Sets of taps of even size; with an odd size the polynomial has the root 1."""
    lower = range(width - 1, 0, -1)
    for others in range(1, width, 2):
        yield from ((width, *taps) for taps in combinations(lower, others))


def _check(width: int, steps: int, fan_in: int) -> None:
    if not NARROWEST <= width <= WIDEST:
        raise ConfigError("width", width, f"an integer from {NARROWEST} to {WIDEST}")
    period = (1 << width) - 1
    if steps < 1 or math.gcd(steps, period) != 1:
        raise ConfigError("steps", steps, f"an integer >= 1 coprime to 2^{width} - 1 = {period}")
    if fan_in < 2:
        raise ConfigError("fan_in", fan_in, "an integer >= 2")
