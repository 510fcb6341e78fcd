"""What a core will take, worked out from its parts in place of being mapped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..generators.generator import Generator
from ..generators.inventory import Inventory, ReadMemory
from .sites import lut_sites
from .target import find_target

TARGET = "xcup"
_LUT_INPUTS = 6
# Up to so many words a memory is look-up tables (as `pezo_hw.rtl.memories` asks for).
LARGEST_LOGIC = 64
# Words by bits of a block RAM with one port that reads, and with two; halves of a RAMB36 (AMD
# UG573, table 1-2).
_HALF, _WHOLE = 0.5, 1.0
_SHAPES_OF_TWO_PORTS = {
    _HALF: ((1 << 14, 1), (1 << 13, 2), (1 << 12, 4), (1 << 11, 9), (1 << 10, 18)),
    _WHOLE: ((1 << 15, 1), (1 << 14, 2), (1 << 13, 4), (1 << 12, 9), (1 << 11, 18), (1 << 10, 36)),
}
_SHAPES = {
    _HALF: (*_SHAPES_OF_TWO_PORTS[_HALF], (1 << 9, 36)),
    _WHOLE: (*_SHAPES_OF_TWO_PORTS[_WHOLE], (1 << 9, 72)),
}
# From so many copies on, each more takes as many sites as the one before.
_COPIES = 12


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Counts of a core, for the target `xcup`.

    Attributes
    ----------
    lut, lut_sites, ff, bram
        As of `pezo_hw.synth.Resources`.
    """

    lut: int
    lut_sites: int
    ff: int
    bram: float


def estimated(generator: Generator) -> Estimate | None:
    """What a generator's core takes of `xcup`; None where it can only be mapped.

    It is held against synthesis in the tests: within 2 % for each count.

    Examples
    --------
    >>> import pezo_hw
    >>> from pezo_hw.synth.estimate import estimated
    >>> estimated(pezo_hw.load("spread").generator)
    Estimate(lut=128, lut_sites=64, ff=355, bram=0.5)
    """
    parts = generator.inventory()
    if parts is None or not _is_simple(parts):
        return None
    luts = sum(len(gates.inputs) * gates.copies for gates in parts.gates)
    sites = sum(_sites_of(tuple(gates.inputs), gates.copies) for gates in parts.gates)
    return Estimate(
        lut=round(luts + parts.mapped_luts),
        lut_sites=math.ceil(sites + parts.mapped_sites),
        ff=parts.registers,
        bram=sum(memory.copies * (_block_rams(memory) or 0.0) for memory in parts.memories),
    )


def _is_simple(parts: Inventory) -> bool:
    """Whether each function is one look-up table and each memory stands in block RAMs alone.

    What is wider is mapped in ways that depend on what it shares with its neighbours.
    """
    return all(gates.widest <= _LUT_INPUTS for gates in parts.gates) and all(
        _block_rams(memory) is not None for memory in parts.memories
    )


def _block_rams(memory: ReadMemory) -> float | None:
    """The fewest of one kind, without logic between them; None where it takes logic."""
    if memory.words <= LARGEST_LOGIC:
        return None
    shapes = _SHAPES if memory.ports == 1 else _SHAPES_OF_TWO_PORTS
    counts = [
        size * -(-memory.bits // bits)
        for size, kinds in shapes.items()
        for words, bits in kinds
        if memory.words <= words
    ]
    return min(counts, default=None)


def _sites_of(inputs: tuple[frozenset[int], ...], copies: int) -> float:
    """The sites of all copies: of a few as they are, of many as each further one adds."""
    if copies <= _COPIES:
        return _paired(inputs, copies)
    half = _paired(inputs, _COPIES // 2)
    whole = _paired(inputs, _COPIES)
    return whole + (copies - _COPIES) * (whole - half) / (_COPIES - _COPIES // 2)


@cache
def _paired(inputs: Sequence[frozenset[int]], copies: int) -> int:
    stride = 1 + max((max(wires) for wires in inputs), default=0)
    wires = [frozenset(w + copy * stride for w in own) for copy in range(copies) for own in inputs]
    return lut_sites(wires, find_target(TARGET).shared_inputs)
