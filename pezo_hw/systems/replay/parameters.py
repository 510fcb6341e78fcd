"""A generator with what a system on command has around it."""

from __future__ import annotations

from dataclasses import dataclass

from ... import checks
from ...config import Config
from ...generators.replay.options import WIDEST_COUNT, SystemOptions
from ...generators.replay.plan import ReplayPlan
from ...numbers.beat_layout import BeatLayout


@dataclass(frozen=True, kw_only=True)
class ReplayParameters:
    """A generator that can go back to where a perturbation began.

    Parameters
    ----------
    plan : ReplayPlan
        The generator's part; its ``options.count_bits`` must be more than its ``low_bits``.
    layout : BeatLayout
        How a beat lies in a word.

    Raises
    ------
    ConfigError
        For a command that counts too little.
    """

    plan: ReplayPlan
    layout: BeatLayout

    def __post_init__(self) -> None:
        low = self.plan.low_bits + 1
        checks.integer("system.count_bits", self.count_bits, low, WIDEST_COUNT)

    @classmethod
    def of(cls, config: Config) -> ReplayParameters:
        """Those of a configuration; raises ConfigError where its generator has no such system."""
        plan = config.generator.replay(config.system)
        return cls(plan=plan, layout=BeatLayout.of(config.parameters))

    @property
    def options(self) -> SystemOptions:
        """What the system has beyond commands."""
        return self.plan.options

    @property
    def count_bits(self) -> int:
        """Bits of a command's number of beats."""
        return self.options.count_bits

    @property
    def command_fields(self) -> dict[str, int]:
        """Bits of each field of a command, the lowest first."""
        fields = {"length": self.count_bits, "replay": 1}
        return fields | ({"unused": self.unused_bits} if self.unused_bits else {})

    @property
    def unused_bits(self) -> int:
        """Bits of a command's number of unused numbers, 0 where it has none."""
        return self.plan.most_unused.bit_length()

    @property
    def lead(self) -> int:
        """Clock cycles from a reset, or from a command to replay, to the first beat's own."""
        return self.plan.lead
