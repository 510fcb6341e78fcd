"""The bench of one lane's logic alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .....bench.bench import Bench, Block
from .....bench.edge_counter import Flags
from .....bench.fields import Field
from .....numbers.bit_rows import rows_of_lanes
from ..levels import WIDTHS
from ..model import SAMPLE_BITS, mantissas_of

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class TreeLaneBench(Bench):
    """`TreeLane` with random words, the all ones that no register has among them."""

    name = "tree-lane"
    top = "pezo_tree_lane"
    width = SAMPLE_BITS
    clock = ""

    def __init__(self) -> None:
        self.fields = {"sample": (Field(bits=SAMPLE_BITS, is_signed=True),)}

    def component(self) -> Component:
        from ..rtl.lane import TreeLane

        return TreeLane()

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        words = [random.integers(0, 1 << width, len(rst)) for width in WIDTHS]
        samples = (mantissas_of(words) - 1) // 2
        return Block(
            inputs={pin: word.tolist() for pin, word in zip(self._pins(), words, strict=True)},
            expected={"sample": rows_of_lanes(samples[:, None], SAMPLE_BITS)},
            beats=len(rst),
        )

    @staticmethod
    def _pins() -> list[str]:
        return ["sign_word", *(f"word_{bit}" for bit in reversed(range(SAMPLE_BITS - 1)))]
