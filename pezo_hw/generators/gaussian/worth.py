"""What each mantissa is in a number format, so that a table can hold it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...numbers.fixed_point import FixedPoint
from ...numbers.number_format import NumberFormat
from .stream import GaussianStream


class _Listed(GaussianStream):
    """A single cycle that shows the given mantissas."""

    def __init__(self, mantissas: NDArray[np.int32], fixed_point: FixedPoint) -> None:
        super().__init__(lanes=len(mantissas), orbit=1, fixed_point=fixed_point, latency=1)
        self._mantissas = mantissas

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        return np.tile(self._mantissas, (count, 1))


def worth_of(
    mantissas: NDArray[np.int32], fixed_point: FixedPoint, form: NumberFormat
) -> NDArray[Any]:
    """Mantissas (N,) as numbers of a format, the way the golden model's windows become them."""
    numbers: NDArray[Any] = form.window(_Listed(mantissas, fixed_point), 0, 1)[0]
    return numbers
