"""What tells one bank of RNGs from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..lfsr import LFSR
from ..shape import Shape


@dataclass(frozen=True, kw_only=True)
class Bank(Shape):
    """RNGs in a ring that move in lockstep.

    Attributes
    ----------
    lanes : int
        Numbers of a beat (W).
    width : int
        Bits of an RNG's state.
    rngs : int
        How many RNGs there are (n).
    taps : tuple of int
        Of the LFSRs, the highest first.
    steps_per_cycle : int
        k.
    midrise : bool
        Whether mantissas are odd: 2 * signed(state) + 1.
    """

    strategy: ClassVar[str] = "on-the-fly"

    width: int
    rngs: int
    taps: tuple[int, ...]
    steps_per_cycle: int
    midrise: bool

    @property
    def lfsr(self) -> LFSR:
        """What each RNG is."""
        return LFSR(width=self.width, taps=self.taps)

    @property
    def period(self) -> int:
        """Cycles until an RNG's state returns: 2^width - 1; also the bits of a state."""
        return self.lfsr.period

    @property
    def tap_mask(self) -> int:
        """The bits of a state that feed back."""
        return self.lfsr.tap_mask

    @property
    def state_frac(self) -> int:
        """A state's number is mantissa * 2^-state_frac before its scale."""
        return self.width if self.midrise else self.width - 1
