"""What a device and a manifest can be compared by."""

from __future__ import annotations

from dataclasses import dataclass

STRATEGIES = ("on-the-fly", "pre-generated")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The numbers that tell one generated system from another.

    Attributes
    ----------
    strategy : str
        ``"on-the-fly"`` or ``"pre-generated"``.
    width : int
        Bits of an RNG's state, or of a stored number.
    count : int
        RNGs of the bank (n), or rows of the pool, or its numbers where it is stored in copies.
    lanes : int
        Numbers of a beat (W).
    taps : tuple of int
        Of the LFSRs, or of the one that addresses copies, the highest first; empty where there is
        none.
    steps_per_cycle : int
        k; of copies, the steps of their address from a number to the next; 0 with rows.
    midrise : bool
        Whether mantissas are odd: 2 * signed(state) + 1.
    """

    strategy: str
    width: int
    count: int
    lanes: int
    taps: tuple[int, ...]
    steps_per_cycle: int
    midrise: bool

    @property
    def on_the_fly(self) -> bool:
        """Whether RNGs make the numbers; otherwise they are stored."""
        return self.strategy == "on-the-fly"

    @property
    def in_rows(self) -> bool:
        """Whether it is a pool that is stored once, in rows of W numbers."""
        return not self.on_the_fly and self.steps_per_cycle == 0

    @property
    def in_copies(self) -> bool:
        """Whether it is a pool that is stored in copies, which can start with any number."""
        return not self.on_the_fly and self.steps_per_cycle > 0

    @property
    def period(self) -> int:
        """Cycles until an RNG's state returns: 2^width - 1."""
        return (1 << self.width) - 1

    @property
    def tap_mask(self) -> int:
        """The bits of a state that feed back."""
        return sum(1 << (tap - 1) for tap in self.taps)

    @property
    def state_frac(self) -> int:
        """A state's number is mantissa * 2^-state_frac before its scale."""
        return self.width if self.midrise else self.width - 1
