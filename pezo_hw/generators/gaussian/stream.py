"""What the golden models of all kinds have in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...numbers.fixed_point import FixedPoint
from ...numbers.stream import Stream, phases


class GaussianStream(Stream):
    """A stream of lanes that each go their own way, without an exponent code.

    A subclass says the mantissas. A number is worth mantissa * 2^-frac.

    Parameters
    ----------
    lanes : int
        W.
    orbit : int
        Cycles before it repeats.
    fixed_point : FixedPoint
        Of a mantissa.
    latency : int
        Of the core.
    """

    code_bits = 0

    def __init__(self, *, lanes: int, orbit: int, fixed_point: FixedPoint, latency: int) -> None:
        self.lanes = lanes
        self.orbit = orbit
        self.fixed_point = fixed_point
        self.latency = latency

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        return np.zeros(len(phases(start, count, 1)), dtype=np.uint8)

    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.ldexp(mantissas.astype(np.float64), -self.fixed_point.frac).astype(np.float32)
