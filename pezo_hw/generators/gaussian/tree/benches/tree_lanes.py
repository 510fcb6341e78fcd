"""The bench of the trees alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .....bench.bench import Bench, Block
from .....bench.edge_counter import Flags
from .....bench.fields import Field
from .....numbers.bit_rows import integers_of_rows, rows_of_planes
from ..levels import WIDTHS
from ..model import SAMPLE_BITS, mantissas_of

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

_LANES = 5


class TreeLanesBench(Bench):
    """`TreeLanes` with random words, the all ones that no register has among them."""

    name = "tree-lanes"
    top = "pezo_tree_lanes"
    width = _LANES * SAMPLE_BITS
    clock = ""

    def __init__(self) -> None:
        self.fields = {"samples": (Field(name="bit", bits=_LANES, count=SAMPLE_BITS),)}

    def component(self) -> Component:
        from ..rtl.lanes import TreeLanes

        return TreeLanes(_LANES)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        words = [random.integers(0, 1 << width, (len(rst), _LANES)) for width in WIDTHS]
        samples = (mantissas_of(words) - 1) // 2
        inputs = {"bit_7": rows_of_planes(words[0] >> (WIDTHS[0] - 1), 1)}
        for register, width in enumerate(WIDTHS[1:], 1):
            pin = f"word_{SAMPLE_BITS - 1 - register}"
            inputs[pin] = rows_of_planes(words[register], width)
        return Block(
            inputs={pin: integers_of_rows(rows) for pin, rows in inputs.items()},
            expected={"samples": rows_of_planes(samples, SAMPLE_BITS)},
            beats=len(rst),
        )
