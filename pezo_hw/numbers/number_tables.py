"""The numbers of a stream in one endless row, cycle after cycle and lane after lane."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .number_format import CODES, NumberFormat
from .stream import Stream

# Long enough that a copy costs more than the call, short enough to stay in a core's own cache.
RUN_BYTES = 1 << 18


class Numbers(ABC):
    """Number i of a stream is lane i mod W of cycle i div W, in one format; code i is cycle i's.

    Attributes
    ----------
    dtype : numpy.dtype
        The type of the numbers.
    run : int
        How many may be read at once.
    cycle : int or None
        After how many they repeat, where whoever adds them may do so by rows of that length.
    block : int
        How many numbers such rows may have together, a multiple of ``cycle``.
    """

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        self.run = RUN_BYTES // dtype.itemsize
        self.cycle: int | None = None
        self.block = self.run

    @abstractmethod
    def read(self, first: int, count: int) -> NDArray[Any]:
        """Numbers ``first`` ... ``first + count - 1``, shape (count,), count <= ``run``.

        The array may be a view of a table: it is only to be read.
        """

    def period(self) -> NDArray[Any] | None:
        """The numbers up to where they repeat, where a table holds them; only to be read."""
        return None

    def fill(self, out: NDArray[Any], first: int) -> None:
        """Write the numbers from ``first`` on into an array of shape (N,), of any length."""
        for done in range(0, len(out), self.run):
            part = out[done : done + self.run]
            np.copyto(part, self.read(first + done, len(part)))


@dataclass(frozen=True, kw_only=True)
class NumberGrid:
    """A stream as a grid of which every cycle is one row, read round from one of its columns on.

    Lane j of cycle t is column ``(t mod turn + j) mod C`` of row ``t mod R``: a table of R * C
    numbers where their period would be far longer.

    Attributes
    ----------
    values : ndarray
        Shape (R, C).
    turn : int
        After how many cycles the first column comes again.
    """

    values: NDArray[Any]
    turn: int


class GoldenNumbers(Numbers):
    """Computed by the golden model, as they are asked for."""

    def __init__(self, stream: Stream, form: NumberFormat) -> None:
        super().__init__(form.dtype)
        self._stream = stream
        self._window = form.window
        self._lanes = 1 if form is CODES else stream.lanes

    def read(self, first: int, count: int) -> NDArray[Any]:
        cycle, skipped = divmod(first, self._lanes)
        cycles = -(-(skipped + count) // self._lanes)
        numbers = self._window(self._stream, cycle, cycles).reshape(-1)
        return numbers[skipped : skipped + count]


class NumberLoop(Numbers):
    """One period in a table, with so much of the next that every run lies in one piece.

    Parameters
    ----------
    source : Numbers
        Where the table comes from; not needed afterwards.
    period : int
        After how many numbers they repeat.
    """

    def __init__(self, source: Numbers, period: int) -> None:
        super().__init__(source.dtype)
        self._period = period
        self._table = np.empty(period + self.run - 1, dtype=source.dtype)
        source.fill(self._table[:period], 0)
        done = period
        while done < len(self._table):
            rest = self._table[done : 2 * done]
            rest[:] = self._table[: len(rest)]
            done *= 2

    def period(self) -> NDArray[Any]:
        return self._table[: self._period]

    def read(self, first: int, count: int) -> NDArray[Any]:
        start = first % self._period
        return self._table[start : start + count]
