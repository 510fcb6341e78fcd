"""The bench of the long LFSRs alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ....bench.bench import Bench, Block
from ....bench.edge_counter import EdgeCounter, Flags, spans_between_resets
from ....bench.fields import Field
from ....numbers.bit_rows import BitRows, as_integers, rows_of_lanes
from ..leap_stream import LeapForm, LeapStream

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

# More of them would only be more of the same.
_MOST = 64


class LeapBankBench(Bench):
    """`LeapBank` as the core uses it, of up to 64 registers, against the golden states."""

    name = "leap-bank"
    top = "pezo_leap_bank"

    def __init__(self, form: LeapForm, starts: Sequence[int]) -> None:
        self._starts = starts[:_MOST]
        self._source = form.source
        self._stream = LeapStream(form, self._starts, form.size * len(self._starts))
        self._counter = EdgeCounter()
        width, count = self._source.width, len(self._starts)
        self.width = count * width
        self.fields = {"states": (Field(name="register", bits=width, count=count),)}

    def component(self) -> Component:
        from ..rtl.leap_bank import LeapBank

        return LeapBank(self._source, self._starts)

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
