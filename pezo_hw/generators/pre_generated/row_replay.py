"""The systems on command of a pool in rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ...errors import ConfigError
from ..replay.load_model import LoadModel
from .load_stimulus import RowLoadStimulus
from .replay import PreGeneratedReplay
from .row_load_model import RowLoads

if TYPE_CHECKING:
    from .rtl.row_loader import RowLoader

_MOST_MODULI = 4


@dataclass(frozen=True, kw_only=True)
class RowReplay(PreGeneratedReplay):
    """Every perturbation starts with a row.

    Raises
    ------
    ConfigError
        Where a perturbation would start with the numbers that the last one left over.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        generator = self.generator
        if generator.continues and generator.lanes > 1:
            allowed = (
                '"row" in a system on command with storage = "rows", or lanes that '
                f'storage = "copies" serves: {generator.copies.allowed}'
            )
            raise ConfigError("pre-generated.leftover", generator.leftover, allowed)
        if self.options.loads_contents and generator.rows == 1:
            allowed = '"none" or "phase" with a pool of one row: it is wired in'
            raise ConfigError("system.load", self.options.load, allowed)

    @property
    def stored_words(self) -> int:
        return self.generator.lanes

    def create_loader(self) -> RowLoader:
        from .rtl.row_loader import RowLoader

        return RowLoader(self.generator, has_contents=self.options.loads_contents)

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
        padded = [*self._moduli, *[0] * _MOST_MODULI][:_MOST_MODULI]
        fields = {f"MODULI.modulus_{index}": modulus for index, modulus in enumerate(padded)}
        return super().register_fields() | {"GENERATOR.depth": self.generator.rows} | fields
