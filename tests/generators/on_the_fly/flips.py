"""What bit flips do to the lanes, and when they must be noticed: differences from what is right.

The steps are linear, so a difference moves through the ring as a state does, by itself. Nothing
here knows how the check works.
"""

from __future__ import annotations

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters

_TABLE_EDGES = 2


class Flips:
    """The differences of ring, tracker and codes from the golden ones.

    A difference is *fresh* until it has left position 0 for the first time, and *known* from then
    on. What is known is also what has entered the ring, and can be marked. Of the tracker nothing
    is: its flips must be mended by a reload.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self._parameters = parameters
        self._codes = parameters.scale_table.codes.tolist()
        self._orbit = [parameters.bank.seeds[0]]
        while len(self._orbit) < parameters.lfsr.period:
            self._orbit.append(self._step(self._orbit[-1]))
        self.clear()

    def clear(self) -> None:
        """All is right, as after a reset."""
        self._fresh = [0] * self._parameters.rngs
        self._known = [0] * self._parameters.rngs
        self._tracker_fresh = self._tracker_known = 0
        self._addresses = [0] * _TABLE_EDGES
        self._marked = self._known

    def mark(self) -> None:
        """A perturbation begins: what has gone wrong around the ring is now its start."""
        self._marked = self._known

    def put_back(self) -> None:
        """The last of the edges that feed the ring is over: it holds what was marked."""
        pairs = zip(self._known, self._marked, strict=True)
        self._known = [own ^ marked for own, marked in pairs]

    def in_lane(self, position: int, mask: int) -> None:
        """Bits of the word in a position flip now."""
        self._fresh[position] ^= mask

    def in_tracker(self, mask: int) -> None:
        """Bits of the tracker flip now."""
        self._tracker_fresh ^= mask

    def edge(self, *, feeding: bool) -> bool:
        """An enabled clock edge; whether a fault must be noticed at it."""
        fault = self._fresh[0] != 0 or self._tracker_fresh != 0
        leaving = 0 if feeding else self._step(self._fresh[0] ^ self._known[0])
        self._fresh = [*map(self._step, self._fresh[1:]), 0]
        self._known = [*map(self._step, self._known[1:]), leaving]
        tracker = self._tracker_fresh ^ self._tracker_known
        self._addresses = [*self._addresses[1:], tracker]
        kept = -1 << self._parameters.entry_bits if feeding else -1
        self._tracker_fresh, self._tracker_known = 0, self._step(tracker) & kept
        return fault

    def mantissas(self) -> list[int]:
        """The difference that each position shows."""
        return [fresh ^ known for fresh, known in zip(self._fresh, self._known, strict=True)]

    def code(self, cycle: int) -> int:
        """The code that is shown with a cycle."""
        state = self._orbit[cycle % len(self._orbit)] ^ self._addresses[0]
        return self._codes[state]

    def _step(self, state: int) -> int:
        for _ in range(self._parameters.steps_per_cycle):
            state = self._parameters.lfsr.step(state)
        return state
