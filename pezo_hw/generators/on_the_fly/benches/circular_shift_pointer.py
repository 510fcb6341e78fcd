"""The bench of the circular-shift pointer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....bench.bench import Bench, Block
from ....bench.edge_counter import EdgeCounter, Flags
from ....bench.fields import Field
from ....numbers.bit_rows import as_integers, integers_of_rows, rows_of_lanes
from ..parameters import OnTheFlyParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class CircularShiftPointerBench(Bench):
    """`CircularShiftPointer` with random words, against `numpy.roll`."""

    name = "circular-shift-pointer"
    top = "pezo_circular_shift_pointer"

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self._parameters = parameters
        self._counter = EdgeCounter()
        self.width = parameters.rngs * parameters.width
        positions = Field(name="position", bits=parameters.width, count=parameters.rngs)
        self.fields = {"positions": (positions,)}

    def component(self) -> Component:
        from ..rtl.circular_shift_pointer import CircularShiftPointer

        p = self._parameters
        return CircularShiftPointer(p.rngs, p.width, start_cycle=-p.bank_latency)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        n, width = self._parameters.rngs, self._parameters.width
        pointers = (self._counter.run(rst, en) - self._parameters.bank_latency) % n
        words = random.integers(0, 1 << width, (len(rst), n))
        shifted = [np.roll(row, -p) for row, p in zip(words, pointers.tolist(), strict=True)]
        pointer_bits = (n - 1).bit_length()
        return Block(
            inputs={
                "rst": as_integers(rst),
                "en": as_integers(en),
                "words": integers_of_rows(rows_of_lanes(words, width)),
            },
            expected={
                "positions": rows_of_lanes(np.array(shifted), width),
                "pointer": rows_of_lanes(pointers[:, None], pointer_bits),
            },
            beats=int(np.sum(en & ~rst)),
        )
