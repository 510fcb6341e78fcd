"""The bench of both cores."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ...bench.bench import Block, SystemBench
from ...bench.edge_counter import Flags
from ...bench.fields import mantissa_lanes
from ...config import Config
from ...numbers.beat_layout import BeatLayout
from ...numbers.bit_rows import as_integers, rows_of_lanes
from .model import CycleModel

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class CoreBench(SystemBench):
    """A core at its pins, against `CycleModel`."""

    name = "core"

    def __init__(self, config: Config, top: str, create: Callable[[], Component]) -> None:
        super().__init__(top, create)
        self._parameters = config.parameters
        self._model = CycleModel(config.stream())
        self.width = config.parameters.lanes * config.parameters.fixed_point.bits
        self.fields = {"mantissa": (mantissa_lanes(BeatLayout.of(config.parameters)),)}

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        trace = self._model.run(rst, en)
        bits = self._parameters.fixed_point.bits
        expected = {
            "valid": rows_of_lanes(trace.valid[:, None], 1),
            "mantissa": rows_of_lanes(trace.mantissa, bits),
        }
        if self._parameters.code_bits:
            expected["code"] = rows_of_lanes(trace.code[:, None], self._parameters.code_bits)
        return Block(
            inputs={"rst": as_integers(rst), "en": as_integers(en)},
            expected=expected,
            defined={pin: trace.valid for pin in expected if pin != "valid"},
            beats=int(np.sum(trace.valid & en & ~rst)),
        )
