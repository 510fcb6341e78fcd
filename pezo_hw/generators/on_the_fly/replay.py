"""The on-the-fly generator's part of the systems on command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ... import checks
from ...errors import ConfigError
from ..replay.load_model import LoadModel
from ..replay.options import LOAD_WORD_BITS, SystemOptions
from ..replay.plan import ReplayPlan
from .history_window import HistoryWindow
from .load_model import OnTheFlyLoads
from .load_stimulus import OnTheFlyLoadStimulus
from .model import OnTheFlyStream
from .parameters import OnTheFlyParameters

if TYPE_CHECKING:
    from .rtl.loader import OnTheFlyLoader
    from .rtl.rewinding_core import RewindingOnTheFlyCore


@dataclass(frozen=True, kw_only=True)
class OnTheFlyReplay(ReplayPlan):
    """The ring is fed with what entered it before a mark, or with what a load brings.

    Parameters
    ----------
    generator : OnTheFlyParameters
        Its bank must rotate, as a ring: what is fed back goes around it.
    options : SystemOptions
        What the system has beyond commands.

    Raises
    ------
    ConfigError
        For a bank without a ring, or a word of a load that has more than 32 bits.
    """

    generator: OnTheFlyParameters
    options: SystemOptions

    def __post_init__(self) -> None:
        generator = self.generator
        if not generator.rotate:
            allowed = "true for replay: it feeds the ring, and a still bank has none"
            raise ConfigError("on-the-fly.rotate", False, allowed)
        if generator.architecture != "ring":
            allowed = '"ring" for replay: it feeds the ring'
            raise ConfigError("on-the-fly.architecture", generator.architecture, allowed)
        bits = generator.width + generator.entry_bits
        if self.options.loads and bits > LOAD_WORD_BITS:
            allowed = f'"none": a word would have width + min(steps_per_cycle, width) = {bits} bits'
            raise ConfigError("system.load", self.options.load, f"{allowed}, over {LOAD_WORD_BITS}")

    @property
    def _window(self) -> HistoryWindow:
        return HistoryWindow.of(self.generator)

    @property
    def low_bits(self) -> int:
        return self._window.room_bits

    @property
    def lead(self) -> int:
        return self._window.prefill

    @property
    def staged_words(self) -> int:
        return self.lead

    @property
    def stored_words(self) -> int:
        return 1 << self.generator.width if self.generator.has_table else 0

    def create_core(self) -> RewindingOnTheFlyCore:
        from .rtl.rewinding_core import RewindingOnTheFlyCore

        return RewindingOnTheFlyCore(self.generator, self.options)

    def create_loader(self) -> OnTheFlyLoader:
        from .rtl.loader import OnTheFlyLoader

        return OnTheFlyLoader(self.generator, has_contents=self.options.loads_contents)

    def stream(self) -> OnTheFlyStream:
        return OnTheFlyStream(self.generator)

    def load_model(self) -> OnTheFlyLoads:
        return OnTheFlyLoads(self.generator, has_contents=self.options.loads_contents)

    def load_stimulus(self, model: LoadModel) -> OnTheFlyLoadStimulus:
        return OnTheFlyLoadStimulus(self.generator, has_contents=self.options.loads_contents)

    def register_fields(self) -> dict[str, int]:
        generator = self.generator
        checks.integer("on-the-fly.steps_per_cycle", generator.steps_per_cycle, 1, 0xFFFFFFFF)
        base = 0 if generator.scaling.is_fixed_point else generator.base
        for what, value in (("base", base), ("frac", generator.fixed_point.frac)):
            if not -0x80 <= value <= 0x7F:
                allowed = f"a gain for which {what}, here {value}, fits a byte of --system axi"
                raise ConfigError("scaling.gain", generator.scaling.gain, allowed)
        return {
            "NUMBER.base": base,
            "GENERATOR.number_bits": generator.width,
            "CAPABILITIES.midrise": int(generator.format == "midrise"),
            "CAPABILITIES.fixed_point": int(generator.scaling.is_fixed_point),
            "CAPABILITIES.constant": int(not generator.has_table),
            "GENERATOR.depth": generator.rngs,
            "TAPS.taps": sum(1 << tap - 1 for tap in generator.lfsr.taps or ()),
            "STEPS.steps": generator.steps_per_cycle,
            "WINDOW.words": self.lead,
            "WINDOW.tracker_bits": generator.entry_bits,
        }
