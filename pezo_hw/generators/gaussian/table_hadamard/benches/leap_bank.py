"""The bench of the long LFSRs alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .....bench.bench import Bench, Block
from .....bench.edge_counter import EdgeCounter, Flags, spans_between_resets
from .....bench.fields import Field
from .....numbers.bit_rows import BitRows, as_integers, rows_of_lanes
from ..model import TableHadamardStream
from ..table import SIZE, SOURCE

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class LeapBankBench(Bench):
    """`LeapBank` as the core uses it, against the golden states."""

    name = "leap-bank"
    top = "pezo_leap_bank"

    def __init__(self, starts: Sequence[int]) -> None:
        self._starts = starts
        self._stream = TableHadamardStream(starts, SIZE * len(starts))
        self._counter = EdgeCounter()
        self.width = len(starts) * SOURCE.width
        self.fields = {"states": (Field(name="register", bits=SOURCE.width, count=len(starts)),)}

    def component(self) -> Component:
        from ...rtl.leap_bank import LeapBank

        return LeapBank(SOURCE, self._starts)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        edges = self._counter.run(rst, en)
        rows = [self._states(edges[span]) for span in spans_between_resets(rst)]
        return Block(
            inputs={"rst": as_integers(rst), "en": as_integers(en)},
            expected={"states": np.concatenate(rows)},
            beats=int(np.sum(en & ~rst)),
        )

    def _states(self, edges: NDArray[np.int64]) -> BitRows:
        """The bank at counts that never fall."""
        first, last = int(edges[0]), int(edges[-1])
        states = self._stream.states(first, last - first + 1)[edges - first]
        # The highest bit comes first, of the last register as of each.
        return rows_of_lanes(states[:, ::-1].reshape(len(edges), -1)[:, ::-1], 1)
