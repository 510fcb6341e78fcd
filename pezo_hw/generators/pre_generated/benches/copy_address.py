"""The bench of the addresses of a pool's copies alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....bench.bench import Bench, Block
from ....bench.edge_counter import EdgeCounter, Flags
from ....bench.fields import Field
from ....numbers.bit_rows import as_integers, rows_of_lanes
from ..copies import Copies

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


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
        from ..rtl.copy_reader import create_address

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
