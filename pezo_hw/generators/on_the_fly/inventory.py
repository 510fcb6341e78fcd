"""What an on-the-fly core is made of."""

from __future__ import annotations

import numpy as np

from ..inventory import Gates, Inventory, ReadMemory, maximal_toggles
from .parameters import OnTheFlyParameters


def inventory_of(parameters: OnTheFlyParameters) -> Inventory | None:
    """The parts of the core; None with a rotator or a shifter, whose logic Yosys finds a way for.

    A table whose words are all the same is none to Yosys, which then takes away its tracker, too.
    The toggles are exact where the number of RNGs and the period share no factor, so that on the
    ring every position has every state of every LFSR.
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
    # The registers of valid rise once, and that behind the table shows its words.
    moving = lfsrs - rngs * _standing_share(p)
    toggles = moving * (p.width + len(feedbacks.inputs)) * maximal_toggles(p.width)
    toggles += _code_toggles(p) if bits else 0
    return Inventory(registers=registers, gates=[feedbacks], memories=table, toggles=toggles)


def _changing_bits(p: OnTheFlyParameters) -> int:
    """The bits of a code that are not the same in all words of the table."""
    if not p.has_table:
        return 0
    codes = p.scale_table.codes
    same = np.bitwise_and.reduce(codes) | ~np.bitwise_or.reduce(codes)
    return p.scaling.code_bits - (int(same) & p.scaling.highest_code).bit_count()


def _standing_share(p: OnTheFlyParameters) -> float:
    """The share of cycles in which a position shows once more what it has shown.

    On the ring an LFSR goes to where its neighbour has been; it may be the very cycle behind.
    """
    if not p.rotate:
        return 0.0
    seeds, step = p.bank.seeds, p.lfsr.cycle_matrix
    following = (*seeds[1:], seeds[0])
    return sum(step.apply(b) == a for a, b in zip(seeds, following, strict=True)) / len(seeds)


def _code_toggles(p: OnTheFlyParameters) -> float:
    """Bits of the code that change from one cycle to the next."""
    codes = p.scale_table.codes[p.orbit.states]
    return float(np.bitwise_count(codes ^ np.roll(codes, -1)).sum()) / len(codes)


def _ones(row: int) -> list[int]:
    return [bit for bit in range(row.bit_length()) if row >> bit & 1]
