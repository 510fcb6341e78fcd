"""The data that goes through a frozen prefix once: texts of tokens, or arrays of one shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import MISSING, ConfigError, PezoError

Lengths = NDArray[np.int64]
_IDS, _MASK = "input_ids", "attention_mask"


class Samples(Protocol):
    """What a model's inputs are made of, sample by sample.

    Attributes
    ----------
    lengths : numpy.ndarray
        The rows (tokens) of each sample.
    fingerprint : str
        Says whether two are the same.
    """

    @property
    def lengths(self) -> Lengths: ...

    @property
    def fingerprint(self) -> str: ...

    def batch(self, indices: Sequence[int]) -> dict[str, torch.Tensor]:
        """The model's inputs for these samples, in this order, by name."""


class Texts:
    """Tokenised texts, without their padding.

    Parameters
    ----------
    data : mapping
        What a tokenizer of ``transformers`` gives, padded or not: ``input_ids``, perhaps
        ``attention_mask`` (ones, then zeros) and others with an integer for each token.
    padding : int
        The token that a batch is filled up with.

    Raises
    ------
    ConfigError
        For data that is not so.
    """

    def __init__(self, data: Mapping[str, Any], padding: int) -> None:
        if _IDS not in data:
            raise ConfigError(_IDS, MISSING, "a list of integers for each text")
        self._padding = padding
        rows = {key: [_integers(key, row) for row in data[key]] for key in data}
        masks = rows.pop(_MASK, None) or [np.ones_like(row) for row in rows[_IDS]]
        if not masks:
            raise ConfigError(_IDS, "nothing", "at least one text")
        self.lengths = np.array([_length(mask) for mask in masks], dtype=np.int64)
        self._rows = {key: _trimmed(key, rows[key], masks, self.lengths) for key in rows}

    @property
    def fingerprint(self) -> str:
        digest = hashlib.sha256(self.lengths.tobytes())
        for key, rows in sorted(self._rows.items()):
            digest.update(key.encode() + b"\0")
            digest.update(np.concatenate(rows).tobytes())
        return digest.hexdigest()

    def batch(self, indices: Sequence[int]) -> dict[str, torch.Tensor]:
        lengths = self.lengths[list(indices)]
        found = {_MASK: mask_of(lengths)}
        for key, rows in self._rows.items():
            filled = np.full(found[_MASK].shape, self._padding if key == _IDS else 0)
            for place, index in enumerate(indices):
                filled[place, : lengths[place]] = rows[index]
            found[key] = torch.from_numpy(filled)
        return found


class Arrays:
    """Samples of one shape, (samples, …), in a tensor or an array.

    Raises
    ------
    ConfigError
        For none.
    """

    def __init__(self, data: Any) -> None:
        self._data = torch.as_tensor(data)
        if not self._data.ndim or not len(self._data):
            raise ConfigError("data", f"of shape {tuple(self._data.shape)}", "at least one sample")
        self.lengths = np.ones(len(self._data), dtype=np.int64)

    @property
    def fingerprint(self) -> str:
        data = self._data.detach().cpu().contiguous()
        about = f"{data.dtype} {tuple(data.shape)}".encode()
        return hashlib.sha256(
            about + data.flatten().view(torch.uint8).numpy().tobytes()
        ).hexdigest()

    def batch(self, indices: Sequence[int]) -> dict[str, torch.Tensor]:
        return {"input": self._data[list(indices)]}


def samples_of(data: Any, *, are_texts: bool, padding: int) -> Texts | Arrays:
    """The samples in what a user has.

    Raises
    ------
    PezoError
        For what is neither tokenised texts nor an array, whichever the model goes with.
    """
    if are_texts:
        if not isinstance(data, Mapping):
            raise ConfigError("data", type(data).__name__, "what a tokenizer gives")
        return Texts(data, padding)
    if not isinstance(data, (torch.Tensor, np.ndarray)):
        raise ConfigError("data", type(data).__name__, "a tensor or an array of (samples, …)")
    return Arrays(data)


def mask_of(lengths: Lengths) -> torch.Tensor:
    """Ones, then zeros: shape (samples, the longest of them), int64."""
    return torch.from_numpy((np.arange(lengths.max()) < lengths[:, None]).astype(np.int64))


def _integers(key: str, row: Any) -> NDArray[np.int64]:
    try:
        found = np.asarray(row.cpu() if isinstance(row, torch.Tensor) else row)
    except ValueError:
        found = np.empty((0, 0))
    if found.ndim != 1 or (found.size and found.dtype.kind not in "iub"):
        raise ConfigError(key, "something else", "a list of integers for each text")
    return found.astype(np.int64)


def _length(mask: NDArray[np.int64]) -> int:
    """The ones of a mask, which must be before its zeros."""
    length = int(np.count_nonzero(mask))
    if not length or not (mask[:length] == 1).all():
        raise ConfigError(_MASK, mask.tolist(), "ones, then zeros (padding on the right)")
    return length


def _trimmed(
    key: str, rows: list[NDArray[np.int64]], masks: list[NDArray[np.int64]], lengths: Lengths
) -> list[NDArray[np.int64]]:
    if [len(row) for row in rows] != [len(mask) for mask in masks]:
        raise PezoError(f"{key} is not an integer for each token; allowed: as many as {_IDS} has")
    return [row[:length] for row, length in zip(rows, lengths, strict=True)]
