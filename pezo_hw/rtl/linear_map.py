"""A bit matrix as XOR gates."""

from __future__ import annotations

from amaranth.hdl import Cat, Value

from ..gf2 import BitMatrix


def linear_map(matrix: BitMatrix, state: Value) -> Value:
    """The image of a state: one row of the matrix a bit; a row with a single one is a wire."""
    return Cat(*(_xor_of(state, row) for row in matrix.rows))


def _xor_of(state: Value, mask: int) -> Value:
    inputs = [state[bit] for bit in range(len(state)) if mask >> bit & 1]
    return inputs[0] if len(inputs) == 1 else Cat(*inputs).xor()
