"""The bench of one bank of LFSRs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .....bench.bench import Bench, Block
from .....bench.edge_counter import EdgeCounter, Flags, spans_between_resets
from .....bench.fields import Field
from .....numbers.bit_rows import as_integers, rows_of_planes
from ..levels import WIDTHS
from ..model import LATENCY, ORBIT, TreeStream

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class XNORBankBench(Bench):
    """`XNORBank` of the widest register, as the tree uses it, against the golden states."""

    name = "xnor-bank"
    top = "pezo_xnor_bank"

    def __init__(self, starts: NDArray[np.int64]) -> None:
        self._register = int(np.argmax(WIDTHS))
        self._starts = starts
        self._stream = TreeStream(starts)
        self._counter = EdgeCounter()
        self._bits = WIDTHS[self._register]
        self.width = len(starts) * self._bits
        self.fields = {"states": (Field(name="bit", bits=len(starts), count=self._bits),)}

    def component(self) -> Component:
        from ...rtl.xnor_bank import XNORBank

        return XNORBank(self._bits, self._starts[:, self._register].tolist(), start_cycle=-LATENCY)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        edges = self._counter.run(rst, en)
        rows = [self._states(edges[span]) for span in spans_between_resets(rst)]
        return Block(
            inputs={"rst": as_integers(rst), "en": as_integers(en)},
            expected={"states": rows_of_planes(np.concatenate(rows), self._bits)},
            beats=int(np.sum(en & ~rst)),
        )

    def _states(self, edges: NDArray[np.int64]) -> NDArray[np.int64]:
        """The bank at counts that never fall; it starts ``LATENCY`` cycles before cycle 0."""
        first, last = int(edges[0]), int(edges[-1])
        start = ORBIT - LATENCY + first
        return self._stream.states(start, last - first + 1, self._register)[edges - first]
