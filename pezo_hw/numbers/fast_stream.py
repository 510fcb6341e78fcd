"""The stream at the speed of copying memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks import integer
from ..errors import PezoError
from .compact_orbit import CompactOrbit
from .number_format import CODES, FLOAT32, NumberFormat, format_for, is_plain
from .number_tables import GoldenNumbers, Numbers
from .stream import Stream


class FastStream(Stream):
    """The golden model's stream, bit for bit, out of tables.

    It is a `Stream`, so that whatever takes the golden model takes it too, and beyond that fills
    arrays of the caller's. The tables of a number format are made once more numbers of it have
    been asked for than they take to compute; up to then the golden model answers, so that a small
    window never waits. Several threads may read at once.

    Memory: up to 96 MB for each number format in use; 63 MB for float32 values of 31 registers of
    14 bits, 1 MB of 8 bits.

    Parameters
    ----------
    golden : Stream
        The reference that it is identical to.
    make_table : callable
        ``make_table(form)``: the numbers of a format, or the codes, fast.
    cost : int
        How many numbers the golden model computes for such a table.

    Attributes
    ----------
    golden : Stream
        As given.

    Examples
    --------
    >>> import numpy as np
    >>> import pezo_hw
    >>> config = pezo_hw.load("paper-roberta")
    >>> values = np.empty((1000, config.parameters.lanes), np.float32)
    >>> config.fast_stream().fill(values, start=10**12)
    >>> bool(np.array_equal(values, config.stream().values(10**12, 1000)))
    True
    """

    def __init__(
        self, golden: Stream, make_table: Callable[[NumberFormat], Numbers], cost: int
    ) -> None:
        self.golden = golden
        self.lanes = self.golden.lanes
        self.orbit = self.golden.orbit
        self.fixed_point = self.golden.fixed_point
        self.code_bits = self.golden.code_bits
        self.latency = self.golden.latency
        self._make_table = make_table
        self._cost = cost
        self._demand: Counter[str] = Counter()
        self._forms: dict[np.dtype[Any], NumberFormat] = {}
        self._tables: dict[str, Numbers] = {}

    def fill(self, out: NDArray[Any], start: int) -> None:
        """Write the stream from cycle ``start`` >= 0 on into an array, cycle after cycle.

        Parameters
        ----------
        out : ndarray, C-contiguous, any shape
            Its type says what it takes: float32 for values; float16, or uint16 for the bits of
            bfloat16, for these values rounded to nearest, ties to even; int8, int16 or int32 for
            mantissas. Where its size is no multiple of W, the last cycle stays incomplete.
        start : int
            Of any size.

        Raises
        ------
        PezoError
            For another type, one too narrow for the mantissas, an array with gaps or read-only,
            or what is not NumPy's own array.
        """
        _require_plain(out)
        if not out.flags.c_contiguous:
            raise PezoError("out is not contiguous; allowed: a C-contiguous array")
        form = self._forms.get(out.dtype) or format_for(out.dtype, self.fixed_point.bits)
        self._forms[out.dtype] = form
        first = integer("start", start, 0) * self.lanes
        self.numbers(form, out.size).fill(out.reshape(-1), first)

    def fill_codes(self, out: NDArray[np.uint8], start: int) -> None:
        """Write the exponent codes from cycle ``start`` >= 0 on into an array of shape (N,).

        Raises
        ------
        PezoError
            For an array that is not of uint8, of one dimension and writable.
        """
        _require_plain(out)
        if out.dtype != CODES.dtype or out.ndim != 1:
            found = f"{out.dtype} of {out.ndim} dimensions"
            raise PezoError(f"out of {found} is not allowed; allowed here: uint8 of one")
        start = integer("start", start, 0)
        self.numbers(CODES, len(out)).fill(out, start)

    def __reduce__(self) -> tuple[type[FastStream], tuple[object, ...]]:
        """A copy, or a pickle, has the tables to make."""
        return type(self), (self.golden, self._make_table, self._cost)

    def numbers(self, form: NumberFormat, count: int) -> Numbers:
        """Where ``count`` numbers of a format are best read from."""
        table = self._tables.get(form.name)
        return self._make_or_wait(form, count) if table is None else table

    def _make_or_wait(self, form: NumberFormat, count: int) -> Numbers:
        """The tables if it is time for them, and until then the golden model.

        Without a lock: one that an interruption leaves held would stop whoever comes next. Two
        threads that come at once may both make a table, and one of them is kept.
        """
        self._demand[form.name] += count
        if self._demand[form.name] <= self._cost:
            return GoldenNumbers(self.golden, form)
        return self._tables.setdefault(form.name, self._make_table(form))

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        return self._window_of(np.dtype(np.int32), start, count)

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        out = np.empty(integer("count", count, 0), dtype=CODES.dtype)
        self.fill_codes(out, start)
        return out

    def values(self, start: int, count: int) -> NDArray[np.float32]:
        return self._window_of(FLOAT32.dtype, start, count)

    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        return self.golden.weigh(mantissas, codes)

    def perturbation(self, position: int, size: int) -> tuple[NDArray[np.float32], int]:
        position, size = integer("position", position, 0), integer("size", size, 0)
        numbers = np.empty(size, dtype=FLOAT32.dtype)
        self.numbers(FLOAT32, size).fill(numbers, self.first_number(position))
        return numbers, self.following(position, size)

    def compact_orbit(self) -> CompactOrbit:
        return self.golden.compact_orbit()

    def first_number(self, position: int) -> int:
        return self.golden.first_number(position)

    def following(self, position: int, size: int) -> int:
        return self.golden.following(position, size)

    def next_start(self, start: int, following: int) -> int:
        return self.golden.next_start(start, following)

    def _window_of(self, dtype: np.dtype[Any], start: int, count: int) -> NDArray[Any]:
        out = np.empty((integer("count", count, 0), self.lanes), dtype=dtype)
        self.fill(out, start)
        return out


def _require_plain(out: object) -> None:
    """A matrix or a masked array has a shape or a mask of its own."""
    if not is_plain(out):
        found = type(out).__name__
        raise PezoError(f"out = {found} is not allowed; allowed: a numpy.ndarray")
    if not out.flags.behaved:
        raise PezoError("out is read-only or not aligned; allowed: an array that can be written")
