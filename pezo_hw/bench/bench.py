"""What a testbench is, whatever simulates it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..numbers.bit_rows import BitRows, rows_of_strings
from .edge_counter import Flags
from .fields import Field, Fields
from .mismatch import Mismatch, WrongPin
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

    def mismatch(
        self, samples: dict[str, list[str]], fields: Mapping[str, Fields]
    ) -> Mismatch | None:
        """The first cycle in which samples of any pin differ from what is expected.

        ``fields`` says what the bits of a pin mean, where that is not one number without a sign.
        """
        differences = {pin: self._difference(pin, samples[pin]) for pin in self.expected}
        cycles = [int(np.argmax(where)) for where in differences.values() if where.any()]
        if not cycles:
            return None
        cycle = min(cycles)
        pins = (pin for pin, where in differences.items() if where[cycle])
        return Mismatch(
            cycle=cycle,
            pins=tuple(
                WrongPin(
                    pin=pin,
                    observed=samples[pin][cycle].lower(),
                    expected=(bits := self.expected[pin][cycle].tobytes().decode("ascii")),
                    fields=fields.get(pin, (Field(bits=len(bits)),)),
                )
                for pin in pins
            ),
        )

    def _difference(self, pin: str, samples: list[str]) -> NDArray[np.bool_]:
        # Undefined bits count as wrong: an x is neither of the characters that are expected.
        observed, rows = rows_of_strings(samples), self.expected[pin]
        if observed.shape != rows.shape:  # as wide as somebody else's hardware has it
            return np.ones(len(rows), dtype=np.bool_) & self.defined.get(pin, True)
        difference: NDArray[np.bool_] = (observed != rows).any(axis=1) & self.defined.get(pin, True)
        return difference


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
        other. Empty where the device is logic alone.
    fields : mapping of str to tuple of Field
        What the bits of the output pins mean that hold more than one number, or numbers with a
        sign.
    """

    name: str
    top: str
    width: int
    clock: str = "clk"
    fields: Mapping[str, Fields] = MappingProxyType({})

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


class SystemBench(Bench):
    """The bench of a whole top module; those of all systems are one.

    Parameters
    ----------
    top : str
        The module's name in Verilog.
    create : callable
        Makes the hardware.
    """

    def __init__(self, top: str, create: Callable[[], Component]) -> None:
        self.top = top
        self._create = create

    def component(self) -> Component:
        return self._create()
