"""How much of the past a rewinding core keeps."""

from __future__ import annotations

from dataclasses import dataclass

from ... import checks
from .parameters import OnTheFlyParameters

# Clock cycles worth spending on a start address that is one inverted bit away from the mark.
_SPARE = 4


@dataclass(frozen=True, kw_only=True)
class HistoryWindow:
    """A number of clock edges that, played back, leave nothing older.

    Attributes
    ----------
    needed : int
        The edges, at least 1.
    """

    needed: int

    @classmethod
    def of(cls, generator: OnTheFlyParameters) -> HistoryWindow:
        """The edges after which ring, tracker, table and shifter hold nothing older.

        The ring takes a word an edge, the tracker ``steps_per_cycle`` bits; what follows either in
        the pipeline needs their states a few edges before the end.
        """
        needed = generator.rngs + generator.latency - generator.bank_latency
        if generator.has_table:
            tracker = -(-generator.width // generator.entry_bits)
            needed = max(needed, tracker + generator.latency)
        return cls(needed=needed)

    def __post_init__(self) -> None:
        checks.integer("needed", self.needed, 1)

    @property
    def room(self) -> int:
        """A power of two, at least ``needed``: the words recorded before a mark."""
        return 1 << self.room_bits

    @property
    def room_bits(self) -> int:
        """Its logarithm."""
        return max(1, (self.needed - 1).bit_length())

    @property
    def prefill(self) -> int:
        """The words played back: those needed, or a few older ones first, which do no harm."""
        return self.room if self.room - self.needed <= _SPARE else self.needed
