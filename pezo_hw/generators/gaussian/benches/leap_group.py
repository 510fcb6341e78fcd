"""The bench of what one group of lanes makes of its random bits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ....bench.bench import Bench, Block
from ....bench.edge_counter import EdgeCounter, Flags
from ....bench.fields import Field
from ....numbers.bit_rows import as_integers, integers_of_rows, rows_of_lanes
from ..leap_stream import Bytes, LeapForm

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class LeapGroupBench(Bench):
    """A group with random bits, against the numbers of those of `latency` enabled edges before.

    Parameters
    ----------
    name : str
        What it is called.
    form : LeapForm
        What the group is.
    part : callable
        Makes it.
    """

    def __init__(self, name: str, form: LeapForm, part: Callable[[], Component]) -> None:
        self.name = name
        self.top = f"pezo_{name.replace('-', '_')}"
        self.width = form.size * form.fixed_point.bits
        output = Field(name="output", bits=form.fixed_point.bits, count=form.size, is_signed=True)
        self.fields = {"samples": (output,)}
        self._form = form
        self._part = part
        self._counter = EdgeCounter()
        self._taken: Bytes = np.zeros((form.latency, form.source.leap // 8), dtype=np.uint8)

    def component(self) -> Component:
        return self._part()

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        form = self._form
        words = random.integers(0, 256, (len(en), form.source.leap // 8), dtype=np.uint8)
        advances = en & ~rst
        taken = np.concatenate([self._taken, words[advances]])
        before: NDArray[np.int64] = np.cumsum(advances) - advances
        self._taken = taken[-form.latency :]
        numbers = form.mantissas_of(taken[before])
        return Block(
            inputs={
                "rst": as_integers(rst),
                "en": as_integers(en),
                "words": integers_of_rows(rows_of_lanes(words[:, ::-1], 8)),
            },
            expected={"samples": rows_of_lanes(numbers, form.fixed_point.bits)},
            defined={"samples": self._counter.run(rst, en) >= form.latency},
            beats=int(np.sum(advances)),
        )
