"""One tensor that is trained, checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from ..errors import ConfigError
from ..fast.weights import flaw_of_tensor, is_torch, span_of_tensor
from ..numbers.number_format import is_plain
from .groups import OwnRates

_IN_NUMPY = frozenset(map(np.dtype, ("float16", "float32", "float64")))
_ALLOWED = "float16, bfloat16, float32 or float64, each number in a place that can be written"

Place = tuple[int, Any, tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Weight:
    """A tensor that can be changed in place, and what it is called.

    Parameters
    ----------
    name : str
        What errors call it.
    holder : numpy.ndarray or torch.Tensor
        The caller's object.
    decays : bool
        Whether weight decay applies.
    own : OwnRates
        What its group says of its own.

    Attributes
    ----------
    tensor : numpy.ndarray or torch.Tensor
        The memory that it has now, without a graph.

    Raises
    ------
    ConfigError
        For what cannot be trained in place.
    """

    name: str
    holder: Any
    decays: bool
    own: OwnRates = field(default_factory=OwnRates)
    tensor: Any = field(init=False)
    _place: Place = field(init=False)

    def __post_init__(self) -> None:
        in_torch = is_torch(self.holder)
        flaw = _flaw_in_torch(self.holder) if in_torch else _flaw_in_numpy(self.holder)
        if flaw is not None:
            raise ConfigError(self.name, f"{type(self.holder).__name__} {flaw}", _ALLOWED)
        object.__setattr__(self, "tensor", self.holder.detach() if in_torch else self.holder)
        object.__setattr__(self, "_place", _place_of(self.tensor))

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return math.prod(self.tensor.shape)

    @property
    def span(self) -> tuple[str, int, int]:
        """Device, address and bytes of its memory, gaps included."""
        if is_torch(self.tensor):
            return span_of_tensor(self.tensor)
        return "cpu", self._place[0], self.size * self.tensor.dtype.itemsize

    def is_in_place(self) -> bool:
        """Whether the caller's object still has this memory, type and shape."""
        return _place_of(self.holder) == self._place

    def is_same(self, other: Weight) -> bool:
        """Whether another weight is the same memory, taken for the same."""
        return self._place == other._place


def require_distinct(weights: Sequence[Weight]) -> None:
    """Checks that no weight shares memory with another, which would be moved twice.

    Raises
    ------
    ConfigError
        Naming both.
    """
    by_place = sorted((weight.span, weight.name) for weight in weights if weight.size)
    for (span, name), (following, second) in pairwise(by_place):
        if span[0] == following[0] and span[1] + span[2] > following[1]:
            allowed = "each tensor once, and none that shares memory with another"
            raise ConfigError(second, f"the memory of {name}", allowed)


def _flaw_in_numpy(array: Any) -> str | None:
    """What is wrong with an array, or None."""
    if not is_plain(array):
        return f"of {getattr(array, 'dtype', 'no dtype')}"
    if array.dtype not in _IN_NUMPY:
        return f"of {array.dtype}"
    if not array.flags.c_contiguous:
        return "with gaps"
    return None if array.flags.behaved else "read-only or not aligned"


def _flaw_in_torch(tensor: Any) -> str | None:
    """What is wrong with a tensor, or None."""
    flaw = flaw_of_tensor(tensor)
    return None if flaw is None else flaw[0]


def _place_of(tensor: Any) -> Place:
    if isinstance(tensor, np.ndarray):
        return tensor.ctypes.data, tensor.dtype, tensor.shape, tensor.strides
    return tensor.data_ptr(), tensor.dtype, tuple(tensor.shape), tensor.stride()
