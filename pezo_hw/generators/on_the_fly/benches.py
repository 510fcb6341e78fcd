"""The bench of each module of the bank, alone against the golden model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...bench.bench import Bench, Block
from ...bench.edge_counter import EdgeCounter, Flags, spans_between_resets
from ...bench.fields import Field
from ...numbers.bit_rows import as_integers, integers_of_rows, rows_of_lanes
from .model import OnTheFlyStream
from .parameters import OnTheFlyParameters

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
        from .rtl.lfsr_bank import LFSRBank

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
        from .rtl.circular_shift_pointer import CircularShiftPointer

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
        from .rtl.scale_factor_lut import ScaleFactorLUT

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
