"""The bank: n LFSRs in lockstep and the circular shift of their outputs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ... import checks
from ...errors import ConfigError
from .lfsr import LFSRParameters


@dataclass(frozen=True, kw_only=True)
class BankParameters:
    """n >= 1 LFSRs of the same taps that move together from seeds of their own.

    Parameters
    ----------
    lfsr : LFSRParameters
        The register that all of them are.
    seeds : sequence of int
        r_0 ... r_(n-1), the states at cycle 0: distinct, 1 to 2^b - 1.
    rotate : bool
        Whether position p shows RNG (p + t) mod n at cycle t (paper, section 3.1) or always RNG p.

    Raises
    ------
    ConfigError
        For seeds that are zero, too large or not distinct.
    """

    lfsr: LFSRParameters
    seeds: Sequence[int]
    rotate: bool = True

    def __post_init__(self) -> None:
        high = self.lfsr.period
        allowed = f"a list of distinct integers from 1 to {high}"
        seeds = checks.integers("seeds", self.seeds, allowed)
        if not seeds:
            raise ConfigError("seeds", [], allowed)
        first_with: dict[int, int] = {}
        for index, seed in enumerate(seeds):
            if not 1 <= seed <= high:
                raise ConfigError(f"seeds[{index}]", seed, f"an integer from 1 to {high}")
            if (first := first_with.setdefault(seed, index)) != index:
                unlike = f"an integer that no other seed has (seeds[{first}] has it)"
                raise ConfigError(f"seeds[{index}]", seed, unlike)
        object.__setattr__(self, "seeds", seeds)
        object.__setattr__(self, "rotate", checks.truth("rotate", self.rotate))

    @property
    def rngs(self) -> int:
        """n, the number of LFSRs and of positions."""
        return len(self.seeds)

    @property
    def joint_orbit(self) -> int:
        """Cycles until every position shows the same state again."""
        return math.lcm(self.rngs, self.lfsr.period) if self.rotate else self.lfsr.period

    @property
    def shared_factor(self) -> int:
        """gcd(n, 2^b - 1) under rotation; above 1 the joint orbit has collapsed by that factor."""
        return math.gcd(self.rngs, self.lfsr.period) if self.rotate else 1

    def states_of(self, cycle: int) -> tuple[int, ...]:
        """What each position shows at a cycle, which may be negative; by matrix powers."""
        power = self.lfsr.cycle_matrix ** (cycle % self.lfsr.period)
        shift = cycle if self.rotate else 0
        n = self.rngs
        return tuple(power.apply(self.seeds[(p + shift) % n]) for p in range(n))


def derive_seeds(seed: int, width: int, count: int) -> tuple[int, ...]:
    """The first ``count`` distinct candidates of PCG64's raw 64-bit words, in order.

    A word w gives the candidate (w mod (2^width - 1)) + 1, so every seed lies in 1 ... 2^width - 1.
    ``count`` must not exceed 2^width - 1. numpy guarantees the raw words of PCG64 for a seed for
    ever, so the seeds are as stable as that.
    """
    generator = np.random.PCG64(seed)
    period = (1 << width) - 1
    seeds: dict[int, None] = {}
    while len(seeds) < count:
        for word in generator.random_raw(count).tolist():
            seeds.setdefault(word % period + 1)
    return tuple(seeds)[:count]
