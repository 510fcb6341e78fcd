"""The pool's part of the systems on command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ...errors import ConfigError
from ..replay.load_model import LoadModel
from ..replay.options import SystemOptions
from ..replay.plan import ReplayPlan
from .load_model import RowLoads
from .load_stimulus import RowLoadStimulus
from .model import PreGeneratedStream
from .parameters import PreGeneratedParameters

if TYPE_CHECKING:
    from .rtl.rewinding_core import RewindingPreGeneratedCore
    from .rtl.row_loader import RowLoader

_MOST_MODULI = 4


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
        if self.options.loads_contents and self.generator.rows == 1:
            allowed = '"none" or "phase" with a pool of one row: it is wired in'
            raise ConfigError("system.load", self.options.load, allowed)

    @property
    def lead(self) -> int:
        return self.generator.latency

    @property
    def low_bits(self) -> int:
        """The pool needs to know of none; three leave 23 high bits, which are two carry chains."""
        return min(3, self.options.count_bits - 1)

    @property
    def staged_words(self) -> int:
        return 1

    @property
    def stored_words(self) -> int:
        return self.generator.lanes

    def create_core(self) -> RewindingPreGeneratedCore:
        from .rtl.rewinding_core import RewindingPreGeneratedCore

        return RewindingPreGeneratedCore(self.generator, self.options)

    def create_loader(self) -> RowLoader:
        from .rtl.row_loader import RowLoader

        return RowLoader(self.generator, has_contents=self.options.loads_contents)

    def stream(self) -> PreGeneratedStream:
        return PreGeneratedStream(self.generator)

    def load_model(self) -> RowLoads:
        return RowLoads(self.generator, has_contents=self.options.loads_contents)

    def load_stimulus(self, model: LoadModel) -> RowLoadStimulus:
        contents = self.options.loads_contents
        return RowLoadStimulus(self.generator, cast(RowLoads, model), has_contents=contents)

    @property
    def _moduli(self) -> tuple[int, ...]:
        """The counters of a row's address; none where the address is the row."""
        moduli = self.generator.address_sequence.moduli
        return moduli if len(moduli) > 1 else ()

    def register_fields(self) -> dict[str, int]:
        if self.options.loads and len(self._moduli) > _MOST_MODULI:
            allowed = f'"none": this pool\'s rows have an address of {len(self._moduli)} counters'
            raise ConfigError("system.load", self.options.load, allowed)
        frac = self.generator.fixed_point.frac
        if not -0x80 <= frac <= 0x7F:
            allowed = f"numbers for which frac, here {frac}, fits a byte of --system axi"
            raise ConfigError("pre-generated.values", self.generator.values, allowed)
        padded = [*self._moduli, *[0] * _MOST_MODULI][:_MOST_MODULI]
        return {
            "NUMBER.base": 0,
            "GENERATOR.number_bits": self.generator.width,
            "GENERATOR.depth": self.generator.rows,
            "WINDOW.words": 1,
        } | {f"MODULI.modulus_{index}": modulus for index, modulus in enumerate(padded)}
