"""One of several matrices over GF(2) as gates."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Value

from ....algebra.matrix import BitMatrix


def chosen_map(matrices: Sequence[BitMatrix], choice: Value, state: Value) -> Value:
    """The matrix of the number ``choice``, below ``len(matrices)``, applied to a state.

    A bit is the XOR of state bits that the choice lets through. So a 6-input look-up table takes
    as many state bits as the choice leaves inputs, where a multiplexer behind each matrix would
    need all of their XORs first.
    """
    of_bits = zip(*(matrix.rows for matrix in matrices), strict=True)
    return Cat(_bit(rows, choice, state) for rows in of_bits)


def _bit(rows: Sequence[int], choice: Value, state: Value) -> Value:
    """One bit: the rows of all matrices that make it."""
    parts = []
    for index in range(len(state)):
        table = sum((row >> index & 1) << number for number, row in enumerate(rows))
        if table:
            parts.append(state[index] & C(table, len(rows)).bit_select(choice, 1))
    return Cat(*parts).xor()
