"""The bench of the LFSR bank alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ....bench.bench import Bench, Block
from ....bench.edge_counter import EdgeCounter, Flags, spans_between_resets
from ....bench.fields import Field
from ....numbers.bit_rows import as_integers, rows_of_lanes
from ..model import OnTheFlyStream
from ..parameters import OnTheFlyParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class LFSRBankBench(Bench):
    """`LFSRBank` as the ring architecture uses it, against the golden states."""

    name = "lfsr-bank"
    top = "pezo_lfsr_bank"

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self._parameters = parameters
        self._stream = OnTheFlyStream(parameters)
        self._counter = EdgeCounter()
        self.width = parameters.rngs * parameters.width
        registers = Field(name="register", bits=parameters.width, count=parameters.rngs)
        self.fields = {"states": (registers,)}

    def component(self) -> Component:
        from ..rtl.lfsr_bank import LFSRBank

        return LFSRBank(self._parameters.bank, start_cycle=-self._parameters.bank_latency)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        edges = self._counter.run(rst, en)
        rows = [self._states(edges[span]) for span in spans_between_resets(rst)]
        return Block(
            inputs={"rst": as_integers(rst), "en": as_integers(en)},
            expected={"states": rows_of_lanes(np.concatenate(rows), self._parameters.width)},
            beats=int(np.sum(en & ~rst)),
        )

    def _states(self, edges: NDArray[np.int64]) -> NDArray[np.uint32]:
        """The bank at counts that never fall; it starts ``latency`` cycles before cycle 0."""
        first, last = int(edges[0]), int(edges[-1])
        start = self._stream.orbit - self._parameters.bank_latency + first
        return self._stream.states(start, last - first + 1)[edges - first]
