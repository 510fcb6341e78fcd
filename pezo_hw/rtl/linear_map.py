"""A matrix over GF(2) as XOR gates."""

from __future__ import annotations

from amaranth.hdl import Cat, Value

from ..algebra.matrix import BitMatrix


def linear_map(matrix: BitMatrix, state: Value) -> Value:
    """The matrix applied to a state: a XOR for each row; a row with a single one is a wire."""
    return Cat(*(_xor_of(state, row) for row in matrix.rows))


def _xor_of(state: Value, mask: int) -> Value:
    inputs = [state[bit] for bit in range(len(state)) if mask >> bit & 1]
    return inputs[0] if len(inputs) == 1 else Cat(*inputs).xor()
