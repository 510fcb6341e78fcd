"""What an on-the-fly core is made of."""

from __future__ import annotations

import numpy as np

from ..inventory import Gates, Inventory, ReadMemory
from .parameters import OnTheFlyParameters


def inventory_of(parameters: OnTheFlyParameters) -> Inventory | None:
    """The parts of the core; None with a rotator or a shifter, whose logic Yosys finds a way for.

    A table whose words are all the same is none to Yosys, which then takes away its tracker, too.
    """
    p = parameters
    if p.scaling.is_shifted or (p.architecture != "ring" and p.rotate):
        return None
    bits = _changing_bits(p)
    # Nobody sees an RNG that stays on a position past the last lane.
    rngs = p.rngs if p.rotate else min(p.rngs, p.lanes)
    lfsrs = rngs + bool(bits)
    functions = [frozenset(_ones(row)) for row in p.lfsr.cycle_matrix.rows]
    feedbacks = Gates(inputs=[inputs for inputs in functions if len(inputs) > 1], copies=lfsrs)
    # A register of valid for each cycle of latency, and one behind the table's own for each bit.
    registers = lfsrs * p.width + p.latency + bits
    table = [ReadMemory(words=1 << p.width, bits=bits)] if bits else []
    return Inventory(registers=registers, gates=[feedbacks], memories=table)


def _changing_bits(p: OnTheFlyParameters) -> int:
    """The bits of a code that are not the same in all words of the table."""
    if not p.has_table:
        return 0
    codes = p.scale_table.codes
    same = np.bitwise_and.reduce(codes) | ~np.bitwise_or.reduce(codes)
    return p.scaling.code_bits - (int(same) & p.scaling.highest_code).bit_count()


def _ones(row: int) -> list[int]:
    return [bit for bit in range(row.bit_length()) if row >> bit & 1]
