"""Functions of a few bits, in the shapes that look-up tables and carry cells take."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Mux, Value

from ..algebra.matrix import BitMatrix

# A look-up table has six inputs: beyond that many bits the tools' carry chain is shorter.
_WIDEST_TOGGLE = 6


def equals(value: Value, constant: int) -> Value:
    """Whether a value is a constant, bit by bit.

    As ``==`` it would become a comparison with a constant cut to the bits that it needs, and
    Verilator refuses operands of two widths.
    """
    if not len(value):
        return C(1)
    return Cat(*(bit if constant >> i & 1 else ~bit for i, bit in enumerate(value))).all()


def linear_map(matrix: BitMatrix, state: Value) -> Value:
    """A matrix over GF(2) applied to a state: a XOR for each row, or a wire if it has one bit."""
    return Cat(*(_xor_of(state, row) for row in matrix.rows))


def _xor_of(state: Value, mask: int) -> Value:
    inputs = [state[bit] for bit in range(len(state)) if mask >> bit & 1]
    return inputs[0] if len(inputs) == 1 else Cat(*inputs).xor()


def incremented(value: Value) -> Value:
    """The value and one, modulo 2^width, with as few levels of logic as there are.

    Up to six bits each is toggled by those below it, one look-up table a bit. More go through the
    carry chain, see `carried`.
    """
    width = len(value)
    if width > _WIDEST_TOGGLE:
        return carried(value)[:width]
    return Cat(*(value[bit] ^ value[:bit].all() for bit in range(width)))


def carried(value: Value) -> Value:
    """The value and one, through a carry chain; what it carries out is one more bit on top.

    No look-up table and no inverter lies before the chain, so four bits are one level. It is
    written as what it is to the tools, the value minus -1: that makes the one that is added the
    chain's own carry in. As ``value + 1`` it would be an operand, and an inverter of bit 0.
    """
    width = len(value) + 1
    minus_one = C((1 << width) - 1, width)
    return (Cat(value, C(0, 1)) - minus_one)[:width]


def selected_word(words: Sequence[Value], index: Value) -> Value:
    """The word of an index, bit by bit of it: an array would be one choice among many conditions.

    Yosys writes that as a ``casez`` whose patterns overlap, which Verilator refuses. Where there
    are fewer words than the index could tell apart, it is undefined beyond them.
    """
    words = list(words)
    for bit in index:
        pairs = zip(words[::2], words[1::2], strict=False)
        words = [Mux(bit, odd, even) for even, odd in pairs] + words[len(words) & ~1 :]
    return words[0]
