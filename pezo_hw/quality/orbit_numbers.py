"""All numbers of an orbit, and averages over the cycles at which a lane shows them."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..algebra.factor import prime_factors
from ..numbers.compact_orbit import CompactOrbit

Cells = NDArray[np.float64]
"""A number for each row and column of an orbit, shape (P, n)."""


class OrbitNumbers:
    """Every number of a compact orbit, and where positions of the stream meet them.

    Position p is what lanes p, p + n, ... show. Under rotation it shows, over all cycles, the cells
    (t, i) with i = p + t (mod g), each equally often, where g = gcd(n, P); without, column p.

    Numbers are float64: mantissas times powers of two, so that their products are exact, and so
    are sums of these below 2^53 units.

    Parameters
    ----------
    orbit : CompactOrbit
        Small enough to be held in memory several times.

    Attributes
    ----------
    unscaled : ndarray of float64, shape (P, n)
        The mantissas.
    scaled : ndarray of float64, shape (P, n)
        Mantissas * 2^code, in units of ``unit``.
    unit : float
        What 1 in ``scaled`` is worth.
    """

    def __init__(self, orbit: CompactOrbit) -> None:
        self.orbit = orbit
        self.unscaled: Cells = orbit.mantissas(0, orbit.period).astype(np.float64)
        codes = orbit.codes(0, orbit.period).astype(np.int64)
        # Relative to the highest code: fourth powers of 2^255 are no numbers.
        highest = int(codes.max())
        self.scaled: Cells = np.ldexp(self.unscaled, (codes - highest)[:, None])
        self.unit = math.ldexp(orbit.unit, highest)

    @cached_property
    def shared(self) -> int:
        """g: positions that are equal modulo g show the same cells under rotation."""
        return math.gcd(self.orbit.columns, self.orbit.period)

    def positions(self, length: int) -> NDArray[np.int64]:
        """The positions of the first lanes, as many as a perturbation of ``length`` reaches."""
        return np.arange(min(length, self.orbit.lanes)) % self.orbit.columns

    def position_means(self, cells: Cells) -> NDArray[np.float64]:
        """What each position shows on average, shape (n,)."""
        if not self.orbit.turns:
            return np.asarray(cells.mean(axis=0))
        n, g = self.orbit.columns, self.shared
        sums = sum(
            np.roll(cells[r::g].sum(axis=0), -r).reshape(n // g, g).sum(axis=0) for r in range(g)
        )
        return np.tile(np.asarray(sums) * (g / self.orbit.size), n // g)

    def mean(self, cells: Cells, length: int) -> float:
        """What a number of a perturbation of ``length`` numbers is on average."""
        lanes = np.arange(length, dtype=np.int64) % self.orbit.lanes
        share = np.bincount(lanes % self.orbit.columns, minlength=self.orbit.columns) / length
        return float(share @ self.position_means(cells))

    def later(self, cells: Cells, cycles: int) -> Cells:
        """The cells that the same lanes show so many cycles later."""
        turned = cycles if self.orbit.turns else 0
        shift = (-(cycles % self.orbit.period), -(turned % self.orbit.columns))
        return np.roll(cells, shift, axis=(0, 1))

    def lag_products(self, cells: Cells, lag: int, positions: NDArray[np.int64]) -> Cells:
        """E of a position's number times another's ``lag`` cycles later, for some positions."""
        then = np.roll(cells, -(lag % self.orbit.period), axis=0)
        if not self.orbit.turns:
            products = cells[:, positions].T @ then[:, positions]
            return np.asarray(products / self.orbit.period)
        n, g = self.orbit.columns, self.shared
        by_turn = sum(self._by_turn(cells[r::g].T @ then[r::g], r) for r in range(g))
        means = np.asarray(by_turn) * (g / self.orbit.size)
        apart = (positions[None, :] - positions[:, None] + lag) % n
        return np.asarray(means[positions[:, None] % g, apart])

    def _by_turn(self, products: Cells, row: int) -> Cells:
        """Sums of products of columns i and i + q over all i = row + c (mod g), shape (g, n)."""
        n, g = self.orbit.columns, self.shared
        first = np.arange(n)[:, None]
        turned = products[first, (first + np.arange(n)) % n]
        return np.asarray(np.roll(turned, -row, axis=0).reshape(n // g, g, n).sum(axis=0))

    def repeats_after(self) -> int:
        """Cycles before all numbers are the same again: a divisor of the orbit's starts."""
        cycles = self.orbit.starts
        for prime in prime_factors(cycles):
            while cycles % prime == 0 and self._is_same_after(cycles // prime):
                cycles //= prime
        return cycles

    def _is_same_after(self, cycles: int) -> bool:
        return np.array_equal(self.later(self.scaled, cycles), self.scaled)
