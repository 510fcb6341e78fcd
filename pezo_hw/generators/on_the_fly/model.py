"""The on-the-fly stream: LFSRs in lockstep, circularly shifted, scaled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...numbers.compact_orbit import CompactOrbit
from ...numbers.stream import Stream, phases
from .parameters import OnTheFlyParameters


class OnTheFlyStream(Stream):
    """The stream of `OnTheFlyParameters` (paper, section 3; lane j shows position j mod n).

    Memory: the orbit of one LFSR (2^b - 1 states) and the phase of each seed in it.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.
    codes : ndarray of uint8, shape (2^b,), optional
        What the table, if there is one, holds instead of the generator's own codes, after a load
        at run time.
    """

    def __init__(
        self, parameters: OnTheFlyParameters, *, codes: NDArray[np.uint8] | None = None
    ) -> None:
        self.parameters = parameters
        self.lanes = parameters.lanes
        self.orbit = parameters.bank.joint_orbit
        self.fixed_point = parameters.fixed_point
        self.code_bits = parameters.code_bits
        self.latency = parameters.latency
        orbit = parameters.orbit
        self._period = len(orbit)
        self._seed_phases: NDArray[np.int64] = orbit.phases[list(parameters.bank.seeds)]
        self._states: NDArray[np.uint32] = orbit.states
        self._mantissas = orbit.mantissas(parameters.state_format)
        if parameters.has_table:
            self._codes = parameters.scale_table.codes if codes is None else codes

    def states(self, start: int, count: int, positions: int | None = None) -> NDArray[np.uint32]:
        """What the first positions (default all n) show, as LFSR states, shape (count, n)."""
        return self._states[self._phases_of_positions(start, count, positions)]

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        different = min(self.lanes, len(self._seed_phases))
        numbers = self._mantissas[self._phases_of_positions(start, count, different)]
        if self.parameters.scaling.is_shifted:
            numbers = numbers << self._table_codes(start, count)[:, None]
        if different == self.lanes:
            return numbers
        return np.take(numbers, np.arange(self.lanes) % different, axis=1)

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        if self.code_bits:
            return self._table_codes(start, count)
        return np.zeros(len(phases(start, count, 1)), dtype=np.uint8)

    def _table_codes(self, start: int, count: int) -> NDArray[np.uint8]:
        cycles = phases(start, count, self._period)
        of_rng_0 = (self._seed_phases[0] + cycles) % self._period
        codes: NDArray[np.uint8] = self._codes[self._states[of_rng_0]]
        return codes

    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        base = 0 if self.parameters.scaling.is_fixed_point else self.parameters.base
        exponents = base - self.fixed_point.frac + codes.astype(np.int32)
        exact = np.ldexp(mantissas.astype(np.float64), exponents[:, None])
        return (exact * self.parameters.scaling.gain).astype(np.float32)

    def compact_orbit(self) -> CompactOrbit:
        """The bank as if it did not rotate: all RNGs over the orbit of one."""
        p = self.parameters
        scaling = replace(p.scaling, output="shared-exponent")
        still = replace(p, rotate=False, lanes=p.rngs, scaling=scaling)
        bank = OnTheFlyStream(still, codes=self._codes if p.has_table else None)
        columns = super(OnTheFlyStream, bank).compact_orbit()
        return replace(columns, lanes=self.lanes, beat_lanes=self.lanes, turns=p.rotate)

    def _phases_of_positions(
        self, start: int, count: int, positions: int | None
    ) -> NDArray[np.int64]:
        """Where in the orbit each position is, cycle by cycle, shape (count, positions)."""
        n = len(self._seed_phases)
        position = np.arange(n if positions is None else positions)
        if self.parameters.rotate:
            rng = (phases(start, count, n)[:, None] + position) % n
            seed_phase = self._seed_phases[rng]
        else:
            seed_phase = self._seed_phases[position][None, :]
        moved = phases(start, count, self._period)[:, None]
        orbit_phases: NDArray[np.int64] = (seed_phase + moved) % self._period
        return orbit_phases
