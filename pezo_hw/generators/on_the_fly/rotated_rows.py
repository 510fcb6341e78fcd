"""The rotating bank without its joint orbit: a table of one LFSR orbit, read along diagonals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...numbers.number_format import NumberFormat
from ...numbers.number_tables import Numbers
from .model import OnTheFlyStream
from .parameters import OnTheFlyParameters

_ROWS_AT_ONCE = 2048
# While the table is made: a window of the golden model takes several times what it gives.
_NUMBERS_AT_ONCE = 1 << 18


class RotatedRows(Numbers):
    """Row t is the bank at cycle t as if it did not rotate, in n - 1 + W columns.

    Cycle t of the rotating bank is then W neighbours of row t mod (2^b - 1), from column t mod n
    on, and n cycles in a row are a parallelogram: one strided copy takes a whole run of them. The
    table has n - 1 + W columns of 2^b - 1 rows where the joint orbit has W of up to n times as
    many. Without rotation the column is always 0.
    """

    def __init__(self, parameters: OnTheFlyParameters, form: NumberFormat) -> None:
        super().__init__(form.dtype)
        self._lanes = parameters.lanes
        self._turn = parameters.rngs if parameters.rotate else 1
        self._period = parameters.lfsr.period
        self._table = np.empty(self._shape(parameters), dtype=form.dtype)
        still = OnTheFlyStream(replace(parameters, rotate=False, lanes=self._table.shape[1]))
        rows = max(1, _NUMBERS_AT_ONCE // self._table.shape[1])
        for row in range(0, len(self._table), rows):
            part = self._table[row : row + rows]
            part[:] = form.window(still, row, len(part))

    @staticmethod
    def _shape(parameters: OnTheFlyParameters) -> tuple[int, int]:
        columns = parameters.lanes + (parameters.rngs - 1 if parameters.rotate else 0)
        return parameters.lfsr.period + _ROWS_AT_ONCE, columns

    @classmethod
    def count_for(cls, parameters: OnTheFlyParameters) -> int:
        """How many numbers the table holds."""
        rows, columns = cls._shape(parameters)
        return rows * columns

    def read(self, first: int, count: int) -> NDArray[Any]:
        cycle, skipped = divmod(first, self._lanes)
        cycles = -(-(skipped + count) // self._lanes)
        numbers = np.empty((cycles, self._lanes), dtype=self.dtype)
        self._fill_cycles(numbers, cycle)
        return numbers.reshape(-1)[skipped : skipped + count]

    def fill(self, out: NDArray[Any], first: int) -> None:
        """As ever; whole cycles are written where they belong, without a detour."""
        head = min(-first % self._lanes, len(out))
        cycles = (len(out) - head) // self._lanes
        tail = head + cycles * self._lanes
        cycles_of_rows = out[head:tail].reshape(cycles, self._lanes)
        super().fill(out[:head], first)
        self._fill_cycles(cycles_of_rows, (first + head) // self._lanes)
        super().fill(out[tail:], first + tail)

    def _fill_cycles(self, out: NDArray[Any], cycle: int) -> None:
        """Write whole cycles, shape (N, W), in spans that do not pass the table's end."""
        done = 0
        while done < len(out):
            row, column = (cycle + done) % self._period, (cycle + done) % self._turn
            span = min(len(out) - done, len(self._table) - row)
            self._copy_span(out[done : done + span], row, column)
            done += span

    def _copy_span(self, out: NDArray[Any], row: int, column: int) -> None:
        """Copy from a row and column on: to the turn's end, whole turns, and what is left."""
        head = min(-column % self._turn, len(out))
        turns = (len(out) - head) // self._turn
        tail = head + turns * self._turn
        for first, last, shape in (
            (0, head, (1, head)),
            (head, tail, (turns, self._turn)),
            (tail, len(out), (1, len(out) - tail)),
        ):
            if last > first:
                source = self._turns(row + first, column if first == 0 else 0, shape)
                np.copyto(out[first:last].reshape(*shape, self._lanes), source)

    def _turns(self, row: int, column: int, shape: tuple[int, int]) -> NDArray[Any]:
        """A view of whole turns or a part of one, shape (turns, cycles, W).

        Made by the constructor: ``as_strided`` costs more than a small copy does.
        """
        down, right = self._table.strides
        return np.ndarray(
            (*shape, self._lanes),
            self.dtype,
            self._table,
            row * down + column * right,
            (self._turn * down, down + right if self._turn > 1 else down, right),
        )
