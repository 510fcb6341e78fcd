"""How a testbench moves the clock enable and the reset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .edge_counter import Flags


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Random stalls and resets until enough has been seen.

    Attributes
    ----------
    name : str
        What it is called in reports.
    edges : int
        The scenario ends after this many clock edges with ``en`` high.
    stalls : float
        Probability that ``en`` changes to low in a cycle; a stall lasts two cycles on average.
    resets : float
        Probability of a reset in a cycle.
    reset_first : bool
        Whether it begins with two cycles of reset, or just as it finds the device.
    seed : int
        Of the random numbers.
    """

    name: str
    edges: int
    stalls: float = 0.0
    resets: float = 0.0
    reset_first: bool = True
    seed: int = 1

    def controls(self, cycles: int) -> Iterator[tuple[Flags, Flags]]:
        """``rst`` and ``en`` in blocks of at most ``cycles`` clock cycles."""
        random = np.random.default_rng([self.seed, 1])
        if self.reset_first:
            yield np.ones(2, dtype=bool), np.array([True, False])
        remaining = self.edges
        while remaining > 0:
            en = self._enables(cycles, random)
            last = int(np.searchsorted(np.cumsum(en), remaining)) + 1
            en = en[:last]
            remaining -= int(en.sum())
            yield random.random(len(en)) < self.resets, en

    def _enables(self, cycles: int, random: np.random.Generator) -> NDArray[np.bool_]:
        """High, with stalls of one, two or three cycles."""
        begins = random.random(cycles) < self.stalls
        lengths = random.integers(1, 4, cycles)
        stalled = np.zeros(cycles + 3, dtype=bool)
        for later in range(3):
            stalled[later : later + cycles] |= begins & (lengths > later)
        return ~stalled[:cycles]


def scenarios(cycles: int) -> list[Scenario]:
    """What every bench goes through: the stream from power-up, then hard stalls, then resets."""
    short = min(cycles, 2000)
    return [
        Scenario(name="stream", edges=cycles, stalls=1 / 64, reset_first=False, seed=1),
        Scenario(name="stalls", edges=short, stalls=0.4, seed=2),
        Scenario(name="resets", edges=short, stalls=0.1, resets=1 / 40, seed=3),
    ]
