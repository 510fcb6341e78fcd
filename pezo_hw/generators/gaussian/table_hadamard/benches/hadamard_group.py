"""The bench of one transform with its tables alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .....bench.bench import Bench, Block
from .....bench.edge_counter import EdgeCounter, Flags
from .....bench.fields import Field
from .....numbers.bit_rows import as_integers, integers_of_rows, rows_of_lanes
from ..model import LATENCY, mantissas_of
from ..table import MANTISSA_BITS, SIZE, WORD_BITS

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class HadamardGroupBench(Bench):
    """`HadamardGroup` with random words, against those of `LATENCY` enabled edges before."""

    name = "hadamard-group"
    top = "pezo_hadamard_group"
    width = SIZE * MANTISSA_BITS

    def __init__(self) -> None:
        self._taken: NDArray[np.int64] = np.zeros((LATENCY, SIZE), dtype=np.int64)
        self._counter = EdgeCounter()
        outputs = Field(name="output", bits=MANTISSA_BITS, count=SIZE, is_signed=True)
        self.fields = {"samples": (outputs,)}

    def component(self) -> Component:
        from ..rtl.group import HadamardGroup

        return HadamardGroup()

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        words = random.integers(0, 1 << WORD_BITS, (len(en), SIZE))
        advances = en & ~rst
        taken = np.concatenate([self._taken, words[advances]])
        before: NDArray[np.int64] = np.cumsum(advances) - advances
        self._taken = taken[-LATENCY:]
        return Block(
            inputs={
                "rst": as_integers(rst),
                "en": as_integers(en),
                "words": integers_of_rows(rows_of_lanes(words, WORD_BITS)),
            },
            expected={"samples": rows_of_lanes(mantissas_of(taken[before]), MANTISSA_BITS)},
            defined={"samples": self._counter.run(rst, en) >= LATENCY},
            beats=int(np.sum(advances)),
        )
