"""The stream behind its ready/valid handshake, clock cycle by clock cycle."""

from __future__ import annotations

import numpy as np

from ...bench.edge_counter import EdgeCounter, Flags
from ...numbers.stream import Stream
from ..core.model import PinTrace, trace_beats


class HandshakeModel:
    """The stream's pins, from what a consumer is promised: nothing here knows of a clock enable.

    ``valid`` is high once ``latency`` clock edges have passed since the reset, whatever ``ready``
    is. The beat then shown is the one whose number is how many have been taken since.

    Parameters
    ----------
    stream : Stream
        The stream whose beats are handed over.
    """

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._waited = EdgeCounter()
        self._taken = EdgeCounter()

    def run(self, rst: Flags, ready: Flags) -> PinTrace:
        """The outputs before each of N edges at which the inputs are ``rst`` and ``ready``."""
        valid = self._waited.run(rst, np.ones_like(rst)) >= self.stream.latency
        taken = self._taken.run(rst, valid & ready)
        return trace_beats(self.stream, rst, np.where(valid, taken, -1))
