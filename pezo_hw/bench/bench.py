"""What a testbench is, whatever simulates it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..numbers.bit_rows import BitRows, rows_of_strings
from .edge_counter import Flags
from .scenario import Scenario

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

_BITS_PER_BLOCK = 1 << 21


@dataclass(frozen=True, kw_only=True)
class Block:
    """N consecutive clock cycles: what to drive and what must then be seen before the next edge.

    Attributes
    ----------
    inputs : dict of str to list of int
        The value of each input pin in each cycle.
    expected : dict of str to BitRows
        The bits of each output pin in each cycle.
    defined : dict of str to ndarray of bool, shape (N,)
        In which cycles an output pin has a value at all; without an entry, in every one.
    beats : int
        How many of the cycles show something worth counting.
    """

    inputs: dict[str, list[int]]
    expected: dict[str, BitRows]
    defined: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    beats: int = 0

    def __len__(self) -> int:
        return len(next(iter(self.inputs.values())))

    def mismatch(self, seen: dict[str, list[str]]) -> str | None:
        """The first cycle and pin at which the samples differ from what is expected, in words."""
        wrong = []
        for pin, rows in self.expected.items():
            observed = rows_of_strings(seen[pin])
            differs = (observed != rows).any(axis=1) & self.defined.get(pin, True)
            if differs.any():
                cycle = int(np.argmax(differs))
                wrong.append((cycle, pin, _text(observed[cycle]), _text(rows[cycle])))
        if not wrong:
            return None
        cycle, pin, observed_bits, expected_bits = min(wrong)
        return f"{cycle} {pin} is {observed_bits}, expected {expected_bits}"


class Bench(ABC):
    """One device under test with its stimulus and its golden response.

    Attributes
    ----------
    name : str
        What the command line calls it.
    top : str
        The module's name in Verilog.
    width : int
        Bits of the widest output pin; decides how many cycles make a block.
    clock : str
        The clock's pin, where the device has one of its own; its reset is then an input as any
        other.
    """

    name: str
    top: str
    width: int
    clock: str = "clk"

    @abstractmethod
    def component(self) -> Component:
        """The hardware."""

    @abstractmethod
    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        """Drive and expect the next N cycles, given ``rst`` and ``en``, both (N,).

        A new bench stands at power-up; calls continue one another.
        """

    def blocks(self, scenario: Scenario) -> Iterator[Block]:
        """The whole scenario, block by block."""
        random = np.random.default_rng(scenario.seed)
        cycles = max(16, min(8192, _BITS_PER_BLOCK // self.width))
        for rst, en in scenario.controls(cycles):
            yield self.respond(rst, en, random)


def _text(row: BitRows) -> str:
    """A row of bits as a number, or as bits where some are undefined; cut to what fits a line."""
    bits = row.tobytes().decode("ascii")
    text = f"{int(bits, 2):#x}" if set(bits) <= {"0", "1"} else f"0b{bits}"
    return text if len(text) <= 48 else f"{text[:22]}…{text[-22:]}"
