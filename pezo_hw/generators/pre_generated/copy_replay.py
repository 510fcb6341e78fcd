"""The systems on command of a pool in copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from ...numbers.stream import Stream
from ..replay.load_model import LoadModel
from .copy_load_model import CopyLoads
from .load_stimulus import CopyLoadStimulus
from .model import PreGeneratedStream
from .replay import PreGeneratedReplay

if TYPE_CHECKING:
    from .rtl.copy_loader import CopyLoader


@dataclass(frozen=True, kw_only=True)
class CopyReplay(PreGeneratedReplay):
    """A perturbation starts with any number of the pool: a position is a number, not a cycle."""

    @property
    def most_unused(self) -> int:
        return self.generator.most_unused

    @property
    def beat_stride(self) -> int:
        return self.generator.lanes

    def beats(
        self, stream: Stream, position: int, count: int
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        mantissas = cast(PreGeneratedStream, stream).mantissas_from(position, count)
        return mantissas, np.zeros(count, dtype=np.uint8)

    @property
    def stored_words(self) -> int:
        return self.generator.pool

    def create_loader(self) -> CopyLoader:
        from .rtl.copy_loader import CopyLoader

        return CopyLoader(self.generator, has_contents=self.options.loads_contents)

    def load_model(self) -> CopyLoads:
        return CopyLoads(self.generator, has_contents=self.options.loads_contents)

    def load_stimulus(self, model: LoadModel) -> CopyLoadStimulus:
        return CopyLoadStimulus(self.generator, has_contents=self.options.loads_contents)

    def register_fields(self) -> dict[str, int]:
        order = self.generator.copies.order
        return super().register_fields() | {
            "CAPABILITIES.unused": int(self.most_unused > 0),
            "GENERATOR.depth": self.generator.pool,
            "TAPS.taps": sum(1 << (tap - 1) for tap in order.taps),
            "STEPS.steps": order.steps_a_number,
        }
