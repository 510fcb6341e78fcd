"""The bench of the pool reader alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....bench.bench import Bench, Block
from ....bench.edge_counter import EdgeCounter, Flags
from ....bench.fields import mantissa_lanes
from ....numbers.beat_layout import BeatLayout
from ....numbers.bit_rows import BitRows, as_integers, rows_of_lanes
from ..parameters import PreGeneratedParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class PoolReaderBench(Bench):
    """`PoolReader` against the golden rows, one edge after their address."""

    name = "pool-reader"
    top = "pezo_pool_reader"

    def __init__(self, parameters: PreGeneratedParameters) -> None:
        self._parameters = parameters
        self._counter = EdgeCounter()
        self._rows = self._bits_of_rows()
        self.width = self._rows.shape[1]
        self.fields = {"mantissa": (mantissa_lanes(BeatLayout.of(parameters)),)}

    def component(self) -> Component:
        from ..rtl.pool_reader import PoolReader

        return PoolReader(self._parameters)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        rows = self._counter.run(rst, en) - self._parameters.latency
        return Block(
            inputs={"rst": as_integers(rst), "en": as_integers(en)},
            expected={"mantissa": self._rows[rows % len(self._rows)]},
            defined={"mantissa": rows >= 0},
            beats=int(np.sum(en & ~rst)),
        )

    def _bits_of_rows(self) -> BitRows:
        numbers = self._parameters.quantised.mantissas
        return rows_of_lanes(numbers.reshape(-1, self._parameters.lanes), self._parameters.width)
