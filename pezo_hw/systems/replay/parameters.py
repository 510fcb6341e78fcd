"""What replay needs to know of a generator, beyond the generator itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from ... import checks
from ...errors import ConfigError
from ...generators.on_the_fly.history_window import HistoryWindow
from ...generators.on_the_fly.parameters import OnTheFlyParameters
from ...generators.pre_generated.parameters import PreGeneratedParameters
from ...generators.replay.options import LOAD_WORD_BITS, WIDEST_COUNT, SystemOptions


@dataclass(frozen=True, kw_only=True)
class ReplayParameters:
    """A generator that can go back to where a perturbation began.

    Parameters
    ----------
    generator : OnTheFlyParameters or PreGeneratedParameters
        On the fly its bank must rotate: what replay feeds back goes around the ring.
    options : SystemOptions
        What it has beyond that; ``count_bits`` must be more than the bits of the history's address,
        and only an on-the-fly generator has a health to check.

    Raises
    ------
    ConfigError
        For a bank that does not rotate, or options that this generator cannot have.
    """

    generator: OnTheFlyParameters | PreGeneratedParameters
    options: SystemOptions = field(default_factory=SystemOptions)

    def __post_init__(self) -> None:
        if isinstance(self.generator, OnTheFlyParameters) and not self.generator.rotate:
            allowed = "true for replay: it feeds the ring, and a still bank has none"
            raise ConfigError("on-the-fly.rotate", False, allowed)
        if self.options.checks_health and not isinstance(self.generator, OnTheFlyParameters):
            allowed = '"none" with pre-generation: there is no lockstep to check'
            raise ConfigError("system.health", self.options.health, allowed)
        self._check_loads()
        checks.integer("system.count_bits", self.count_bits, self.low_bits + 1, WIDEST_COUNT)

    def _check_loads(self) -> None:
        """A word of a load has 32 bits, and a pool of one row is no memory."""
        generator, load = self.generator, self.options.load
        if not self.options.loads:
            return
        if not isinstance(generator, OnTheFlyParameters):
            if self.options.loads_contents and generator.rows == 1:
                allowed = '"none" or "phase" with a pool of one row: it is wired in'
                raise ConfigError("system.load", load, allowed)
        elif (bits := generator.width + generator.entry_bits) > LOAD_WORD_BITS:
            allowed = f'"none": a word would have width + min(steps_per_cycle, width) = {bits} bits'
            raise ConfigError("system.load", load, f"{allowed}, over {LOAD_WORD_BITS}")

    @property
    def count_bits(self) -> int:
        """Bits of a command's number of beats."""
        return self.options.count_bits

    @property
    def command_fields(self) -> dict[str, int]:
        """Bits of each field of a command, the lowest first."""
        return {"length": self.count_bits, "replay": 1}

    @property
    def low_bits(self) -> int:
        """The beats at the end of a command that are told apart, as a power of two."""
        if isinstance(self.generator, OnTheFlyParameters):
            return history_window(self.generator).room_bits
        return 1

    @property
    def lead(self) -> int:
        """Clock cycles from a reset, or from a command to replay, to the first beat's own."""
        if isinstance(self.generator, OnTheFlyParameters):
            return history_window(self.generator).fed
        return self.generator.latency

    @property
    def staged_words(self) -> int:
        """Words of a load that are checked as a whole: all of a phase, the first of contents."""
        return self.lead if isinstance(self.generator, OnTheFlyParameters) else 1

    @property
    def stored_words(self) -> int:
        """Words of a load of contents that follow: those of the table, or of a row."""
        if isinstance(self.generator, OnTheFlyParameters):
            return 1 << self.generator.width
        return self.generator.lanes


def history_window(generator: OnTheFlyParameters) -> HistoryWindow:
    """The edges after which ring, tracker, table and shifter hold nothing older.

    The ring takes a word an edge, the tracker ``steps_per_cycle`` bits; what follows either in the
    pipeline needs their states a few edges before the end.
    """
    behind_ring = generator.latency - generator.table_latency
    tracker = -(-generator.width // generator.entry_bits)
    return HistoryWindow(needed=max(generator.rngs + behind_ring, tracker + generator.latency))
