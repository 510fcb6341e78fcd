"""The bench of each module of a pool, alone against the golden model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...bench.bench import Bench, Block
from ...bench.edge_counter import EdgeCounter, Flags
from ...bench.fields import Field, mantissa_lanes
from ...numbers.beat_layout import BeatLayout
from ...numbers.bit_rows import as_integers, rows_of_lanes
from .copies import Copies
from .model import PreGeneratedStream
from .parameters import PreGeneratedParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class PoolReaderBench(Bench):
    """`PoolReader` or `CopyReader` against the golden cycles, one edge after their address."""

    name = "pool-reader"
    top = "pezo_pool_reader"

    def __init__(self, parameters: PreGeneratedParameters) -> None:
        self._parameters = parameters
        self._counter = EdgeCounter()
        mantissas = PreGeneratedStream(parameters).mantissas(0, parameters.joint_orbit)
        self._cycles = rows_of_lanes(mantissas, parameters.width)
        self.width = self._cycles.shape[1]
        self.fields = {"mantissa": (mantissa_lanes(BeatLayout.of(parameters)),)}

    def component(self) -> Component:
        from .rtl.copy_reader import CopyReader
        from .rtl.pool_reader import PoolReader

        reader = PoolReader if self._parameters.stores_rows else CopyReader
        return reader(self._parameters)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        cycles = self._counter.run(rst, en) - self._parameters.latency
        return Block(
            inputs={"rst": as_integers(rst), "en": as_integers(en)},
            expected={"mantissa": self._cycles[cycles % len(self._cycles)]},
            defined={"mantissa": cycles >= 0},
            beats=int(np.sum(en & ~rst)),
        )


class CopyAddressBench(Bench):
    """`ShiftAddress` or `CountAddress` against the `AddressOrder` that the copies are stored in."""

    name = "copy-address"
    top = "pezo_copy_address"

    def __init__(self, copies: Copies) -> None:
        self._copies = copies
        self._counter = EdgeCounter()
        self.width = copies.order.bits
        self.fields = {f"address_{port}": (Field(bits=self.width),) for port in range(copies.ports)}

    def component(self) -> Component:
        from .rtl.copy_reader import create_address

        return create_address(self._copies)

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        places = self._counter.run(rst, en) * self._copies.ports
        sequence = self._copies.order.sequence
        return Block(
            inputs={"rst": as_integers(rst), "en": as_integers(en)},
            expected={
                f"address_{port}": rows_of_lanes(
                    sequence[(places + port) % len(sequence), None], self.width
                )
                for port in range(self._copies.ports)
            },
            defined={},
            beats=int(np.sum(en & ~rst)),
        )
