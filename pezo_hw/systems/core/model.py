"""The core at its pins, clock cycle by clock cycle, as a testbench compares it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...bench.edge_counter import EdgeCounter, Flags, spans_between_resets
from ...numbers.stream import Stream


@dataclass(frozen=True, kw_only=True)
class PinTrace:
    """The outputs during N consecutive clock cycles, each as it stands before the rising edge.

    Attributes
    ----------
    valid : ndarray of bool, shape (N,)
        Low until the pipeline has filled after a reset.
    mantissa : ndarray of int32, shape (N, W)
        Undefined at the pins while ``valid`` is low, and 0 here.
    code : ndarray of uint8, shape (N,)
        The same.
    """

    valid: NDArray[np.bool_]
    mantissa: NDArray[np.int32]
    code: NDArray[np.uint8]


class CycleModel:
    """A core with its ``rst`` and ``en`` pins, fed any number of clock cycles at a time.

    At each rising edge ``rst`` wins over ``en``: with ``rst`` high the core goes back to its state
    at power-up; else with ``en`` high it moves on; else every output keeps its value. ``valid`` is
    high once ``latency`` enabled edges have passed since the reset, and the beat then shown is
    cycle 0, 1, 2, ... of the stream, one further for every enabled edge.

    Parameters
    ----------
    stream : Stream
        The stream that the core makes.
    """

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._counter = EdgeCounter()

    def run(self, rst: Flags, en: Flags) -> PinTrace:
        """The outputs before each of N edges at which the inputs are ``rst`` and ``en``, (N,)."""
        return trace_beats(self.stream, rst, self._counter.run(rst, en) - self.stream.latency)


def trace_beats(stream: Stream, rst: Flags, beats: NDArray[np.int64]) -> PinTrace:
    """The outputs in N cycles that show these beats, none where the number is negative.

    The numbers never fall but where ``rst`` has been high.
    """
    mantissa = np.zeros((len(beats), stream.lanes), dtype=np.int32)
    code = np.zeros(len(beats), dtype=np.uint8)
    for span in spans_between_resets(rst):
        _fill(stream, beats[span], mantissa[span], code[span])
    return PinTrace(valid=beats >= 0, mantissa=mantissa, code=code)


def _fill(
    stream: Stream, beats: NDArray[np.int64], mantissa: NDArray[np.int32], code: NDArray[np.uint8]
) -> None:
    """The stream at beats that never fall, where there is a beat."""
    shown = beats >= 0
    if not shown.any():
        return
    first = int(beats[shown][0])
    window = stream.window(first, int(beats[-1]) - first + 1)
    mantissa[shown] = window.mantissa[beats[shown] - first]
    code[shown] = window.code[beats[shown] - first]
