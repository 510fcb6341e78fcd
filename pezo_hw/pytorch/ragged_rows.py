"""Samples with rows of their own number, one after another in one array, at some precision."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from .hidden_file import Arrays
from .precision import Precision
from .samples import Lengths


def rows_of(hidden: torch.Tensor) -> torch.Tensor:
    """Hidden states as (rows, width): a vector is one row, else a sample's first axis has them."""
    vector = hidden.ndim < 3
    return hidden.reshape(len(hidden) if vector else len(hidden) * hidden.shape[1], -1)


class RaggedRows:
    """Puts the rows of samples into arrays, and gathers them again, filled up with zeros.

    Parameters
    ----------
    arrays : tuple of numpy.ndarray
        Scales and numbers, (rows of all samples, 0 or 1) and (rows of all samples, width).
    precision : Precision
        What they are.
    lengths : numpy.ndarray
        Rows of each sample, in the arrays' order.
    """

    def __init__(self, arrays: Arrays, precision: Precision, lengths: Lengths) -> None:
        self._scales, self._codes = arrays
        self._precision = precision
        self._lengths = lengths
        self._starts = np.concatenate([[0], np.cumsum(lengths)])

    def put(self, chosen: list[int], rows: torch.Tensor) -> None:
        """Keeps the rows of these samples, one sample after another, of shape (rows, width).

        Raises
        ------
        ConfigError
            For what the precision cannot keep.
        """
        codes, scales = self._precision.encoded(rows)
        first = 0
        for index in chosen:
            place = slice(*self._starts[index : index + 2])
            end = first + int(self._lengths[index])
            self._codes[place], self._scales[place] = codes[first:end], scales[first:end]
            first = end

    def gathered(self, chosen: list[int], device: torch.device) -> torch.Tensor:
        """The rows of samples as float32: shape (samples, most rows, width).

        What is kept is what goes to the device, and becomes float32 there.
        """
        codes = self._filled(self._codes, chosen).to(device)
        return self._precision.decoded(codes, self._filled(self._scales, chosen).to(device))

    def _filled(self, rows: NDArray[Any], chosen: list[int]) -> torch.Tensor:
        most = self._lengths[chosen].max()
        filled = np.zeros((len(chosen), most, rows.shape[1]), rows.dtype)
        for place, index in enumerate(chosen):
            start, end = self._starts[index : index + 2]
            filled[place, : end - start] = rows[start:end]
        return torch.from_numpy(filled)
