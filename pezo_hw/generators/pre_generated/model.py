"""The pre-generated stream: a pool of stored numbers, read round and round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...checks import integer
from ...numbers.compact_orbit import CompactOrbit
from ...numbers.stream import Stream, phases
from .parameters import PreGeneratedParameters


class PreGeneratedStream(Stream):
    """The stream of `PreGeneratedParameters`: cycle t shows q[(t * L + j) mod N].

    A position counts cycles with ``leftover = "row"``, where a perturbation takes whole rows, and
    numbers of the pool (mod N) with ``"number"``, where the next one starts at the next number.
    With ``start = "drawn"`` it starts J positions from where this one does, however long it is.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The generator.
    pool : ndarray of int32, shape (N,), optional
        What the memory holds instead of the generator's own numbers, after loads at run time.
    """

    code_bits = 0

    def __init__(
        self, parameters: PreGeneratedParameters, *, pool: NDArray[np.int32] | None = None
    ) -> None:
        self.parameters = parameters
        self.lanes = parameters.lanes
        self.orbit = parameters.joint_orbit
        self.fixed_point = parameters.fixed_point
        self.latency = parameters.latency
        self._pool = parameters.quantised.mantissas if pool is None else pool

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        first = integer("start", start, 0) * self.lanes
        return self.mantissas_from(first, integer("count", count, 0))

    def mantissas_from(self, number: int, count: int) -> NDArray[np.int32]:
        """The integers of ``count`` cycles, were ``number`` the first of the pool's shown."""
        index = phases(number, count * self.lanes, len(self._pool))
        return self._pool[index].reshape(count, self.lanes)

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        return np.zeros(len(phases(start, count, 1)), dtype=np.uint8)

    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.ldexp(mantissas.astype(np.float64), -self.fixed_point.frac).astype(np.float32)

    def perturbation(self, position: int, size: int) -> tuple[NDArray[np.float32], int]:
        if not self.parameters.continues:
            return super().perturbation(position, size)
        size = integer("size", size, 0)
        return self.weigh(self._column(position, size), np.zeros(0, np.uint8)), self.following(
            position, size
        )

    def compact_orbit(self) -> CompactOrbit:
        """With ``leftover = "number"`` the pool as a single column, a number a cycle."""
        jump = self.parameters.jump if self.parameters.draws else None
        by_cycles = replace(super().compact_orbit(), jump=jump)
        if not self.parameters.continues:
            return by_cycles
        return replace(
            by_cycles,
            period=len(self._pool),
            columns=1,
            lanes=1,
            mantissas=lambda start, count: self._column(start, count)[:, None],
        )

    def first_number(self, position: int) -> int:
        return position if self.parameters.continues else super().first_number(position)

    def following(self, position: int, size: int) -> int:
        if self.parameters.continues:
            return (position + size) % len(self._pool)
        return super().following(position, size)

    def next_start(self, start: int, following: int) -> int:
        if not self.parameters.draws:
            return super().next_start(start, following)
        return (start + self.parameters.jump) % self.parameters.starts

    def _column(self, start: int, count: int) -> NDArray[np.int32]:
        """So many numbers of the pool from one of them on."""
        numbers: NDArray[np.int32] = self._pool[phases(start, count, len(self._pool))]
        return numbers
