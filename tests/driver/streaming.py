"""A device on the mock register file that also gives its beats, from wherever it stands."""

from __future__ import annotations

from functools import cache
from typing import Any

from pezo_hw.config import Config
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from tests.driver.mock_registers import MockRegisters
from tests.driver.test_frame import octets


@cache
def _cycles(parameters: OnTheFlyParameters) -> dict[tuple[int, ...], int]:
    """The cycle that each state of the ring is loaded for."""
    behind = parameters.latency - parameters.bank_latency
    orbit = range(parameters.joint_orbit)
    return {tuple(parameters.bank.states_of(cycle + behind)): cycle for cycle in orbit}


class StreamingDevice(MockRegisters):
    """Follows commands and loads of starts by what the registers say, not by what a driver thinks.

    Attributes
    ----------
    cycle : int
        Where the next new perturbation starts.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(config, delay=1)
        self.cycle = self._mark = 0
        self._given = 0

    @property
    def offers(self) -> bool:
        """Whether there is a frame that nobody has received."""
        return len(self.commands) > self._given

    def frame(self) -> bytes:
        """The frame of the latest command, which nobody has received yet."""
        assert len(self.commands) == self._given + 1
        self._given += 1
        beats, replay = self.commands[-1]
        loaded = self._loaded()
        if loaded is not None:
            self._mark = loaded
        elif not replay:
            self._mark = self.cycle
        if loaded is not None or not replay:
            self.cycle = self._after(self._mark, beats)
        return octets(self.config, self._mark, beats)

    def _after(self, cycle: int, beats: int) -> int:
        """Where a perturbation ends: numbers that are left over begin an earlier cycle."""
        following = cycle + beats
        if not self.unused:
            return following
        return (following - self.unused * self._cycles_a_number) % self.config.parameters.pool

    @property
    def _cycles_a_number(self) -> int:
        parameters: Any = self.config.parameters
        return pow(parameters.lanes, -1, parameters.pool)

    def _loaded(self) -> int | None:
        """The cycle at which what was loaded last starts; None where that has been used."""
        parameters: Any = self.config.parameters
        if isinstance(parameters, OnTheFlyParameters):
            ring, self.ring = self.ring, []
            return _cycles(parameters)[tuple(ring)] if ring else None
        address, self.start_address = self.start_address, None
        if address is None:
            return None
        if parameters.stores_rows:
            rows = parameters.address_sequence
            return next(row for row in range(parameters.rows) if rows.address_of(row) == address)
        stored = parameters.copies.order.sequence.tolist()
        number = stored.index(address) * parameters.copies.count % parameters.pool
        return number * self._cycles_a_number % parameters.pool
