"""The hidden states of all samples, kept without padding and handed back in batches."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

import torch

from ..errors import ConfigError
from .hidden_file import Arrays, Contents
from .precision import Precision
from .ragged_rows import RaggedRows
from .samples import Lengths, mask_of

SuffixInputs = Callable[[torch.Tensor, torch.Tensor], dict[str, torch.Tensor]]


class HiddenStates:
    """What the frozen layers make of each sample, known by its index in the data.

    `FrozenPrefix.keep` makes them. A sample has rows of numbers: a text its tokens, an array the
    entries of its first axis (a vector is one row).

    Parameters
    ----------
    contents : Contents
        What they are of, and how they are kept.
    arrays : tuple of numpy.ndarray
        Scales and numbers, the rows of all samples one after another.
    lengths : numpy.ndarray
        Rows of each sample.
    shape : tuple of int or None
        Of every sample; None where samples have rows of their own number.
    like : torch.Tensor
        Has the device and the type of the batches: the model's when the states were kept.
    inputs : callable
        What the suffix is called with, out of hidden states and mask.

    Attributes
    ----------
    contents, lengths
        As given.
    """

    def __init__(
        self,
        contents: Contents,
        arrays: Arrays,
        *,
        lengths: Lengths,
        shape: tuple[int, ...] | None,
        like: torch.Tensor,
        inputs: SuffixInputs,
    ) -> None:
        self.contents = contents
        self.lengths = lengths
        self._rows = RaggedRows(arrays, Precision(name=contents.precision), lengths)
        self._shape = shape
        self._device, self._dtype = like.device, like.dtype
        self._inputs = inputs

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def nbytes(self) -> int:
        """Of all samples, in memory or in the file."""
        return self.contents.nbytes

    @property
    def fingerprint(self) -> str:
        """Says whether two are the same: of the data, the frozen layers and the precision."""
        return ":".join((self.contents.data, self.contents.model, self.contents.precision))

    def batch(self, indices: Iterable[Any]) -> dict[str, torch.Tensor]:
        """What the suffix is called with for these samples, in this order: ``suffix(**batch)``.

        Of an encoder ``inputs_embeds``, shape (samples, the longest of them, hidden), zero beyond a
        text's end, and ``attention_mask``; of ``nn.Sequential`` ``input``.

        Raises
        ------
        ConfigError
            For no index, or one that there is not.
        """
        chosen = self._chosen(indices)
        hidden = self._rows.gathered(chosen, self._device).to(self._dtype)
        shape = self._shape or hidden.shape[1:]
        mask = mask_of(self.lengths[chosen]).to(self._device)
        return self._inputs(hidden.reshape(len(chosen), *shape), mask)

    def _chosen(self, indices: Iterable[Any]) -> list[int]:
        allowed = f"integers from 0 to {len(self) - 1}, at least one"
        try:
            chosen = [operator.index(index) for index in indices]
        except TypeError:
            raise ConfigError("indices", indices, allowed) from None
        if not chosen or not 0 <= min(chosen) <= max(chosen) < len(self):
            raise ConfigError("indices", chosen, allowed)
        return chosen
