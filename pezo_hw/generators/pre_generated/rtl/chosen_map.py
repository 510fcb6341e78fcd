"""One of several matrices over GF(2) as gates."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Value

_LUT_INPUTS = 6


def chosen_map(maps: Sequence[Sequence[int]], choice: Value, state: Value) -> Value:
    """The map of the number ``choice`` applied to a state; there is one for each number.

    A map is a row for each bit of what comes out: the mask of the state's bits whose XOR it is.

    A bit is a XOR of tables, each addressed by the choice and as many state bits as a look-up table
    has inputs left. Written as XORs behind a multiplexer, or as gated XORs, the same takes Yosys
    a third more: it shares parts of the sums across the tables' bounds.
    """
    room = max(1, _LUT_INPUTS - len(choice))
    bits = []
    for rows in zip(*maps, strict=True):
        tables = (
            _looked_up([row >> low for row in rows], choice, state[low : low + room])
            for low in range(0, len(state), room)
        )
        bits.append(Cat(*tables).xor())
    return Cat(*bits)


def _looked_up(rows: Sequence[int], choice: Value, part: Value) -> Value:
    """What some bits of the state add to a bit, given each matrix's row from these bits on."""
    table = 0
    for address in range(len(rows) << len(part)):
        bits, number = divmod(address, len(rows))
        table |= ((rows[number] & bits).bit_count() & 1) << address
    return C(table, len(rows) << len(part)).bit_select(Cat(choice, part), 1)
