"""Copies of the pool, each of which is read at one or two addresses a cycle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ...numbers.beat_layout import MOST_LANES
from .address import AddressOrder

_LISTED = 8


@dataclass(frozen=True, kw_only=True)
class Copies:
    """How C copies of a pool show any L of its numbers that follow each other, without a rotator.

    Lane ``port * C + c`` is copy c, read by its port at place ``u + port``: q[C * u + lane]. A
    cycle moves u by the number of ports, so that the next one shows what follows.

    Attributes
    ----------
    pool : int
        N.
    lanes : int
        L.
    ports : int
        Addresses at which a copy is read at once, 1 or 2.

    Examples
    --------
    >>> from pezo_hw.generators.pre_generated.copies import Copies
    >>> copies = Copies(pool=4095, lanes=8, ports=2)
    >>> copies.serve, copies.count, Copies(pool=4095, lanes=6, ports=2).serve
    (True, 4, False)
    """

    pool: int
    lanes: int
    ports: int

    @property
    def serve(self) -> bool:
        """Whether there is such a number of copies, so that every start can be reached."""
        even = self.lanes % self.ports == 0
        return self.pool > 1 and even and math.gcd(self.lanes // self.ports, self.pool) == 1

    @property
    def count(self) -> int:
        """C."""
        return self.lanes // self.ports

    @cached_property
    def order(self) -> AddressOrder:
        """Where the numbers lie."""
        return AddressOrder(pool=self.pool, copies=self.count)

    @property
    def allowed(self) -> str:
        """In words, the numbers of lanes that so many ports can serve."""
        if self.pool == 1:
            return 'storage = "rows" with a pool of one number'
        near = sorted(islice(self._nearest(), _LISTED))
        times = "twice " if self.ports == 2 else ""
        return (
            f'with storage = "copies" and ports = {self.ports} {times}a number that shares no '
            f"factor with pool = {self.pool}, near {self.lanes}: {', '.join(map(str, near))}"
        )

    def words(self, numbers: NDArray[np.int32]) -> list[list[int]]:
        """What each copy holds, address by address; an address of no number holds 0.

        Parameters
        ----------
        numbers : ndarray of int32, shape (N,)
            The pool.
        """
        first = np.arange(self.pool) * self.count % self.pool
        stored = np.zeros((self.count, self.order.depth), dtype=np.int64)
        for copy in range(self.count):
            stored[copy, self.order.sequence] = numbers[(first + copy) % self.pool]
        return [row.tolist() for row in stored]

    def _nearest(self) -> Iterator[int]:
        """The numbers of lanes that can be served, the nearest first."""
        by_distance = sorted(range(1, MOST_LANES + 1), key=lambda lanes: abs(lanes - self.lanes))
        return (lanes for lanes in by_distance if replace(self, lanes=lanes).serve)
