"""The bench of the scale-factor table alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ....bench.bench import Bench, Block
from ....bench.edge_counter import EdgeCounter, Flags
from ....numbers.bit_rows import as_integers, rows_of_lanes
from ..parameters import OnTheFlyParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class ScaleFactorLUTBench(Bench):
    """`ScaleFactorLUT` with random addresses, against the golden table read two edges earlier."""

    name = "scale-factor-lut"
    top = "pezo_scale_factor_lut"

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self._parameters = parameters
        self._codes = parameters.scale_table.codes
        self._counter = EdgeCounter()
        self._taken: NDArray[np.int64] = np.zeros(parameters.bank_latency, dtype=np.int64)
        self.width = parameters.width

    def component(self) -> Component:
        from ..rtl.scale_factor_lut import ScaleFactorLUT

        return ScaleFactorLUT(self._parameters)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        addresses = random.integers(0, len(self._codes), len(en))
        taken = np.concatenate([self._taken, addresses[en]])
        read = len(self._taken) + np.cumsum(en) - en - self._parameters.bank_latency
        self._taken = taken[-self._parameters.bank_latency :]
        code = self._codes[taken[read]]
        return Block(
            inputs={
                "rst": as_integers(rst),
                "en": as_integers(en),
                "address": addresses.tolist(),
            },
            expected={"code": rows_of_lanes(code[:, None], self._parameters.scaling.code_bits)},
            defined={"code": self._counter.run(rst, en) >= self._parameters.bank_latency},
            beats=int(np.sum(en & ~rst)),
        )
