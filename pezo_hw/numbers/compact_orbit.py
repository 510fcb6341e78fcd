"""The whole orbit of a stream in as few numbers as its structure allows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class CompactOrbit:
    """Columns that repeat together, and where a lane of the stream finds its number in them.

    Lane j of cycle t shows column (j + t) mod n at row t mod P where the columns turn, else column
    j mod n. A bank of n LFSRs that rotates is P x n numbers in this form, and not the up to n times
    as many of its joint orbit.

    Attributes
    ----------
    period : int
        P >= 1, the rows.
    columns : int
        n >= 1.
    lanes : int
        W >= 1, the numbers of a cycle. A perturbation of d numbers takes ceil(d / W) cycles, and
        the next one starts at the next cycle; where it starts at the next number, W is 1.
    beat_lanes : int
        The lanes of the stream, also where W is 1 because perturbations start at any number.
    turns : bool
        Whether the columns turn by one every cycle.
    unit : float
        What a mantissa of 1 with code 0 is worth; a code c doubles that c times.
    mantissas : callable
        ``mantissas(row, count)``: integers of ``count`` rows, shape (count, n).
    codes : callable
        ``codes(row, count)``: their exponent codes, shape (count,).
    jump : int or None
        Cycles from where a perturbation starts to where the next one does, where it is always as
        many; None where that starts at the end of this one.

    Examples
    --------
    >>> import pezo_hw
    >>> orbit = pezo_hw.load("paper-opt").stream().compact_orbit()
    >>> orbit.period, orbit.columns, orbit.turns, orbit.starts
    (16383, 31, True, 507873)
    """

    period: int
    columns: int
    lanes: int
    beat_lanes: int
    turns: bool
    unit: float
    mantissas: Callable[[int, int], NDArray[np.int32]]
    codes: Callable[[int, int], NDArray[np.uint8]]
    jump: int | None = None

    def window(self, start: int, count: int) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Mantissas (count, W) and codes (count,) of ``count`` cycles from any cycle on."""
        rows = self.mantissas(start, count)
        first = np.arange(start % self.columns, start % self.columns + count) if self.turns else 0
        column = (np.reshape(first, (-1, 1)) + np.arange(self.lanes)) % self.columns
        shape = (count, self.lanes)
        lanes = np.take_along_axis(rows, np.broadcast_to(column, shape), axis=1)
        return lanes, self.codes(start, count)

    @property
    def starts(self) -> int:
        """Cycles before rows and columns come together again: where a perturbation can start."""
        return math.lcm(self.period, self.columns) if self.turns else self.period

    @property
    def size(self) -> int:
        """How many numbers it is."""
        return self.period * self.columns

    def cycles(self, length: int) -> int:
        """How many cycles a perturbation of ``length`` >= 0 numbers takes."""
        return -(-length // self.lanes)

    def apart(self, length: int) -> int:
        """Cycles from the start of a perturbation of ``length`` numbers to that of the next one."""
        return self.cycles(length) if self.jump is None else self.jump
