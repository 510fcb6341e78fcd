"""The streams whose lanes have long shift registers, and what all of them are as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...checks import integer
from ...numbers.fixed_point import FixedPoint
from .kind import GaussianStream
from .leap_lfsr import LeapLFSR

Bytes = NDArray[np.uint8]
"""Random bits along the last axis, eight in each number, the highest first."""


@dataclass(frozen=True, kw_only=True)
class LeapForm:
    """A group of lanes: the register that it has, and what it makes of the register's new bits.

    Attributes
    ----------
    source : LeapLFSR
        The register.
    size : int
        Lanes of a group.
    fixed_point : FixedPoint
        Of a mantissa.
    latency : int
        Enabled clock edges from the bits to the mantissas.
    mantissas_of : callable
        The mantissas (..., size) of the new bits (..., leap / 8), the low ones of the register.
    """

    source: LeapLFSR
    size: int
    fixed_point: FixedPoint
    latency: int
    mantissas_of: Callable[[Bytes], NDArray[np.integer]]

    def groups(self, lanes: int) -> int:
        """How many groups so many lanes are; the last one's may not all be used."""
        return -(-lanes // self.size)


class LeapStream(GaussianStream):
    """W lanes, in groups that have a register each.

    The register of a group at cycle t has gone t cycles from its start, and what its low bits make
    are the mantissas of lanes size * g ... size * g + size - 1. Lanes past W are dropped.

    Parameters
    ----------
    form : LeapForm
        What a group is.
    starts : sequence of int
        The state of each group's register at cycle 0; none is all ones.
    lanes : int
        W, at most ``form.size`` times as many.
    """

    def __init__(self, form: LeapForm, starts: Sequence[int], lanes: int) -> None:
        super().__init__(
            lanes=lanes,
            orbit=form.source.period,
            fixed_point=form.fixed_point,
            latency=form.latency,
        )
        self._form = form
        self._starts = starts

    def states(self, start: int, count: int) -> NDArray[np.uint8]:
        """The bits of the registers, shape (count, groups, n), each the highest bit first."""
        source = self._form.source
        bits = source.bits(self._starts, max(count - 1, 0), start=start)
        windows = np.lib.stride_tricks.sliding_window_view(bits, source.width, axis=1)
        return windows[:, :: source.leap].swapaxes(0, 1)[:count]

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        start, count = integer("start", start, 0), integer("count", count, 0)
        fresh = self._form.source.fresh_bytes(self._starts, count, start=start)
        numbers = self._form.mantissas_of(fresh).swapaxes(0, 1)
        lanes = numbers.reshape(count, len(self._starts) * self._form.size)[:, : self.lanes]
        return lanes.astype(np.int32)
