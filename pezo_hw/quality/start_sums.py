"""Sums over the numbers of a perturbation, for every place where one can start."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..numbers.compact_orbit import CompactOrbit
from .orbit_numbers import Cells

Series = NDArray[np.float64]
"""A number for each start of an orbit, shape (T,)."""


def perturbation_sums(orbit: CompactOrbit, cells: Cells, length: int) -> Series:
    """The sum of the cells that a perturbation of ``length`` >= 1 shows, from each start."""
    cycles, rest = divmod(length, orbit.lanes)
    sums = _over_cycles(cycle_sums(orbit, cells, orbit.lanes), cycles)
    if rest:
        last = cycle_sums(orbit, cells, rest)
        sums += np.roll(last, -(cycles % len(last)))
    return sums


def cycle_sums(orbit: CompactOrbit, cells: Cells, lanes: int) -> Series:
    """The sum of the cells that the first lanes show, in each cycle of the joint orbit."""
    cycle = np.arange(orbit.starts)
    row = cycle % orbit.period
    rounds, part = divmod(lanes, orbit.columns)
    sums = rounds * cells.sum(axis=1)[row]
    if part:
        first = cycle % orbit.columns if orbit.turns else np.zeros_like(cycle)
        sums += _part_of_rows(cells, row, first, part)
    return np.asarray(sums)


def _part_of_rows(
    cells: Cells, row: NDArray[np.int64], first: NDArray[np.int64], part: int
) -> Series:
    """Sums of ``part`` < n neighbours of a row, going round from the first one on."""
    n = cells.shape[1]
    running = np.zeros((len(cells), n + 1))
    np.cumsum(cells, axis=1, out=running[:, 1:])
    end = first + part
    round_again = end > n
    sums = running[row, np.where(round_again, n, end)] - running[row, first]
    return np.asarray(sums + np.where(round_again, running[row, end - n], 0.0))


def _over_cycles(series: Series, count: int) -> Series:
    """The sum of ``count`` neighbours from each place on, going round."""
    rounds, part = divmod(count, len(series))
    running = np.concatenate([np.zeros(1), np.cumsum(np.concatenate([series, series[:part]]))])
    sums = running[part : part + len(series)] - running[: len(series)]
    return np.asarray(sums + rounds * series.sum())
