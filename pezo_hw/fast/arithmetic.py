"""How one computes with weights of one type, wherever they lie."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from ..numbers.number_tables import Numbers


class Arithmetic(ABC):
    """Sums and products of arrays of one type, and comparisons of their bits.

    Products are rounded in ``wide``, sums in ``wide`` and then to the weights' type, to nearest,
    ties to even: the same bits for NumPy and for every device.

    Attributes
    ----------
    wide : numpy.dtype
        The type in which is computed.
    """

    wide: np.dtype[Any]

    @abstractmethod
    def local(self, numbers: Numbers) -> Numbers:
        """The same numbers, read as arrays of this kind."""

    @abstractmethod
    def add(self, weights: Any, z: Any, scale: float, out: Any) -> None:
        """Out = weights + scale * z; ``out`` may be ``weights``, and z may repeat by rows."""

    @abstractmethod
    def scale(self, weights: Any, factor: float, out: Any) -> None:
        """Out = factor * weights."""

    @abstractmethod
    def copy(self, array: Any) -> Any:
        """A contiguous copy."""

    @abstractmethod
    def empty(self, array: Any) -> Any:
        """A contiguous array of the same type and shape, not filled."""

    @abstractmethod
    def put(self, array: Any, values: Any) -> None:
        """Array = values, bit for bit."""

    @abstractmethod
    def places(self, one: Any, other: Any) -> Any:
        """Where two arrays have different bits: indices in logical order."""

    @abstractmethod
    def count_differing(self, one: Any, other: Any) -> int:
        """In how many places two arrays have different bits."""
