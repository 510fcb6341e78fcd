"""The interface of every perturbation stream, and a window of one as arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..checks import integer
from ..notebook import card, histogram
from .compact_orbit import CompactOrbit
from .fixed_point import FixedPoint

_SHOWN = 10_000  # numbers in the picture of a stream


@dataclass(frozen=True, kw_only=True)
class Beats:
    """N consecutive cycles of W lanes.

    Attributes
    ----------
    start : int
        The cycle of the first row.
    mantissa : ndarray of int32, shape (N, W)
        The integers at the pins.
    code : ndarray of uint8, shape (N,)
        The exponent code of each cycle; zero where the pins show none (a pool,
        fixed-point output).
    value : ndarray of float32, shape (N, W)
        What they are worth: exact in float64, rounded once to float32.

    Examples
    --------
    >>> import pezo_hw
    >>> window = pezo_hw.load("row-pool").stream().window(90, 3)
    >>> len(window), window.mantissa[:, 0].tolist(), window.value.dtype.name
    (3, [-226, 487, 1387], 'float32')
    """

    start: int
    mantissa: NDArray[np.int32]
    code: NDArray[np.uint8]
    value: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.code)


class Stream(ABC):
    """An endless, periodic sequence of cycles, each of W numbers, read at random.

    A window is computed from its start and length alone: cycle 10^12 costs what cycle 0 costs.
    A stream has no state of its own; `PerturbationSequence` keeps a position in one.

    Compatibility guarantee: a configuration's numbers never change. A new way of making them is a
    new, named option; frozen vectors in the tests guard this.

    Attributes
    ----------
    lanes : int
        W, the numbers of a cycle.
    orbit : int
        Cycles before the stream repeats.
    fixed_point : FixedPoint
        What a mantissa means before its exponent code.
    code_bits : int
        Width of the exponent code, 0 where there is none.
    latency : int
        Enabled clock edges from reset to the first valid beat of the core that makes the stream.

    Examples
    --------
    >>> import pezo_hw
    >>> stream = pezo_hw.load("paper-roberta").stream()
    >>> window = stream.window(10**12, 2)  # cycle 10^12 costs what cycle 0 costs
    >>> window.mantissa.shape, window.mantissa[0, :3].tolist(), window.code.tolist()
    ((2, 31), [63, 103, -25], [1, 1])
    >>> values, following = stream.perturbation(0, 100)
    >>> len(values), following  # 31 numbers a cycle
    (100, 4)
    """

    lanes: int
    orbit: int
    fixed_point: FixedPoint
    code_bits: int
    latency: int

    @abstractmethod
    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        """The integers of ``count`` >= 0 cycles from cycle ``start`` >= 0, shape (count, W)."""

    @abstractmethod
    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        """The exponent codes of the same cycles, shape (count,); zeros where there are none."""

    @abstractmethod
    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What mantissas (N, W) with codes (N,) are worth."""

    def perturbation(self, position: int, size: int) -> tuple[NDArray[np.float32], int]:
        """``size`` >= 0 values from a position, shape (size,), and the position that follows.

        What a position counts is the stream's own business: here cycles, where element i is cycle
        ``position + i div W``, lane ``i mod W``, and the rest of the last cycle is dropped.
        """
        size = integer("size", size, 0)
        cycles = -(-size // self.lanes)
        return self.values(position, cycles).reshape(-1)[:size], self.following(position, size)

    def values(self, start: int, count: int) -> NDArray[np.float32]:
        """What the numbers of a window are worth, shape (count, W)."""
        return self.weigh(self.mantissas(start, count), self.codes(start, count))

    def window(self, start: int, count: int) -> Beats:
        """Mantissas, codes and values of ``count`` cycles from cycle ``start``."""
        mantissa, code = self.mantissas(start, count), self.codes(start, count)
        return Beats(start=start, mantissa=mantissa, code=code, value=self.weigh(mantissa, code))

    def compact_orbit(self) -> CompactOrbit:
        """The whole orbit in as few numbers as there can be; here cycle after cycle, all lanes.

        A mantissa m with code c is worth m * 2^c * unit, up to the rounding of `weigh`.
        """
        one = self.weigh(np.ones((1, 1), np.int32), np.zeros(1, np.uint8))
        return CompactOrbit(
            period=self.orbit,
            columns=self.lanes,
            lanes=self.lanes,
            beat_lanes=self.lanes,
            turns=False,
            unit=float(one[0, 0]),
            mantissas=self.mantissas,
            codes=self.codes,
        )

    def first_number(self, position: int) -> int:
        """Which number of the stream, counted over all lanes, a perturbation starts with."""
        return position * self.lanes

    def following(self, position: int, size: int) -> int:
        """The position after a perturbation of ``size`` numbers."""
        return position - (-size // self.lanes)

    def next_start(self, start: int, following: int) -> int:
        """Where the perturbation starts after one that lies from ``start`` to ``following``.

        Here where that ends; with drawn starts it depends on where that started alone.
        """
        return following

    def _repr_html_(self) -> str:
        count = min(self.orbit, -(-_SHOWN // self.lanes))
        rows = {
            "numbers a cycle": f"{self.lanes:,}",
            "orbit": f"{self.orbit:,} cycles",
            "mantissa": str(self.fixed_point),
            "exponent code": f"{self.code_bits} bits" if self.code_bits else "none",
            "latency": f"{self.latency} enabled clock edges from reset to the first beat",
        }
        picture = histogram(self.values(0, count), f"the numbers of the first {count:,} cycles")
        return card(type(self).__name__, rows.items(), picture)


def phases(start: int, count: int, period: int) -> NDArray[np.int64]:
    """(start + 0 ... count - 1) mod period, for a start of any size."""
    start, count = integer("start", start, 0), integer("count", count, 0)
    return (start % period + np.arange(count, dtype=np.int64)) % period
