"""The pool's part of the systems on command, however it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import ConfigError
from ..replay.options import SystemOptions
from ..replay.plan import ReplayPlan
from .model import PreGeneratedStream
from .parameters import PreGeneratedParameters

if TYPE_CHECKING:
    from .rtl.rewinding_core import RewindingPreGeneratedCore


@dataclass(frozen=True, kw_only=True)
class PreGeneratedReplay(ReplayPlan):
    """The pool is read again from an address.

    Parameters
    ----------
    generator : PreGeneratedParameters
        The pool.
    options : SystemOptions
        What the system has beyond commands; there is no health to check.

    Raises
    ------
    ConfigError
        For options that a pool, or this one, cannot have.
    """

    generator: PreGeneratedParameters
    options: SystemOptions

    def __post_init__(self) -> None:
        if self.options.checks_health:
            allowed = '"none" with pre-generation: there is no lockstep to check'
            raise ConfigError("system.health", self.options.health, allowed)

    @property
    def lead(self) -> int:
        return self.generator.latency

    @property
    def low_bits(self) -> int:
        """The pool needs to know of none; four leave 21 to compare, three to a look-up table."""
        return min(4, self.options.count_bits - 1)

    @property
    def jump(self) -> int | None:
        """A position of a plan is a number where one of the stream is a cycle, with copies."""
        p = self.generator
        if not p.draws:
            return None
        return p.jump if p.continues else p.jump * self.beat_stride

    @property
    def staged_words(self) -> int:
        return 1

    def create_core(self) -> RewindingPreGeneratedCore:
        from .rtl.rewinding_core import RewindingPreGeneratedCore

        return RewindingPreGeneratedCore(self.generator, self.options)

    def stream(self) -> PreGeneratedStream:
        return PreGeneratedStream(self.generator)

    def register_fields(self) -> dict[str, int]:
        frac = self.generator.fixed_point.frac
        if not -0x80 <= frac <= 0x7F:
            allowed = f"numbers for which frac, here {frac}, fits a byte of --system axi"
            raise ConfigError("pre-generated.values", self.generator.values, allowed)
        return {
            "NUMBER.base": 0,
            "GENERATOR.number_bits": self.generator.width,
            "WINDOW.words": self.staged_words,
        }
