"""A run of the frozen layers over data, into memory or into a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import torch

from ..errors import PezoError
from ..training.gradients import without_gradients
from .hidden_file import Arrays, Contents, opened, writing
from .hidden_states import HiddenStates
from .model_cut import Inputs, ModelCut
from .precision import Precision
from .ragged_rows import RaggedRows, rows_of
from .samples import Lengths, Samples

# How far hidden states in a file may be off those of the model, of the largest number.
_SLACK = {"float32": 1e-3, "float16": 2e-3, "int8": 6e-3}


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """Data on its way through the frozen layers.

    Attributes
    ----------
    cut : ModelCut
        The model.
    samples : Samples
        The data.
    layers : int
        How many are frozen.
    precision : Precision
        What is kept.
    model : str
        A digest of the frozen layers.
    probe : list of int
        Samples whose hidden states are known.
    hidden : torch.Tensor
        Those, zero beyond a text's end.
    """

    cut: ModelCut
    samples: Samples
    layers: int
    precision: Precision
    model: str
    probe: list[int]
    hidden: torch.Tensor

    @cached_property
    def lengths(self) -> Lengths:
        """Rows of each sample."""
        given = self.samples.lengths
        each = len(rows_of(self.hidden)) // len(self.hidden)
        return given if self.cut.is_ragged else np.full_like(given, each)

    @cached_property
    def contents(self) -> Contents:
        """What there will be."""
        return Contents(
            precision=self.precision.name,
            layers=self.layers,
            rows=int(self.lengths.sum()),
            width=rows_of(self.hidden).shape[1],
            model=self.model,
            data=self.samples.fingerprint,
        )

    def in_memory(self, batch_size: int, on_kept: Callable[[int], object]) -> HiddenStates:
        """All of it, computed now."""
        arrays = self.contents.empty()
        self._fill(arrays, batch_size, on_kept)
        return self._states(arrays)

    def in_file(
        self, path: Path, batch_size: int, on_kept: Callable[[int], object]
    ) -> HiddenStates:
        """What a file has; where nothing is, computed now and written there.

        Raises
        ------
        PezoError
            For a file of something else, or a file system that refuses.
        """
        if not os.path.lexists(path):
            with writing(path, self.contents) as arrays:
                self._fill(arrays, batch_size, on_kept)
        states = self._states(opened(path, self.contents))
        self._require_same(states, path)
        return states

    def _states(self, arrays: Arrays) -> HiddenStates:
        return HiddenStates(
            self.contents,
            arrays,
            lengths=self.lengths,
            shape=None if self.cut.is_ragged else tuple(self.hidden.shape[1:]),
            like=self.hidden,
            inputs=self.cut.suffix_inputs,
        )

    def _fill(self, arrays: Arrays, batch_size: int, on_kept: Callable[[int], object]) -> None:
        """Batches of samples of like lengths, in the order of the data within a batch."""
        rows = RaggedRows(arrays, self.precision, self.lengths)
        order = np.argsort(self.samples.lengths, kind="stable")
        for first in range(0, len(order), batch_size):
            chosen = sorted(order[first : first + batch_size].tolist())
            inputs = on_device(self.samples.batch(chosen), self.hidden.device)
            hidden = without_gradients(partial(self.cut.hidden, inputs))
            mask = inputs["attention_mask"].bool() if self.cut.is_ragged else None
            rows.put(chosen, rows_of(hidden) if mask is None else hidden[mask])
            on_kept(first + len(chosen))

    def _require_same(self, states: HiddenStates, path: Path) -> None:
        """The last word: what the layers give now is what the file has."""
        found = next(iter(states.batch(self.probe).values())).double()
        off = float((found - self.hidden.double()).abs().max())
        if off > _SLACK[self.contents.precision] * float(self.hidden.abs().max()):
            what = "hidden states that the frozen layers no longer give"
            raise PezoError(f"{path}: {what}; allowed: a path where nothing is")


def on_device(inputs: Inputs, device: torch.device) -> dict[str, torch.Tensor]:
    """The same inputs where the model is."""
    return {name: tensor.to(device) for name, tensor in inputs.items()}
