"""The golden model's mantissas, looked up in a table of what each is worth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...numbers.fixed_point import FixedPoint
from ...numbers.number_format import NumberFormat
from ...numbers.number_tables import Numbers
from .kind import GaussianStream

_NUMBERS_AT_ONCE = 1 << 18


class MantissaNumbers(Numbers):
    """Bit for bit those of the golden model, without its arithmetic in float64.

    Parameters
    ----------
    stream : GaussianStream
        The golden model, of mantissas of up to 16 bits.
    form : NumberFormat
        What the numbers are to be.
    """

    def __init__(self, stream: GaussianStream, form: NumberFormat) -> None:
        super().__init__(form.dtype)
        self.run = _NUMBERS_AT_ONCE
        self._stream = stream
        self._half = 1 << (stream.fixed_point.bits - 1)
        every = np.arange(-self._half, self._half, dtype=np.int32)
        self._worth = worth_of(every, stream.fixed_point, form)

    def read(self, first: int, count: int) -> NDArray[Any]:
        cycle, skipped = divmod(first, self._stream.lanes)
        cycles = -(-(skipped + count) // self._stream.lanes)
        mantissas = self._stream.mantissas(cycle, cycles).reshape(-1)
        return self._worth[mantissas[skipped : skipped + count] + self._half]


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
