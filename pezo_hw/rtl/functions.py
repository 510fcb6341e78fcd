"""Functions of a few bits, in the shapes that look-up tables and carry cells take."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Mux, Value

from ..algebra.matrix import BitMatrix

# A look-up table has six inputs.
_LUT_INPUTS = 6


def equals(value: Value, constant: int) -> Value:
    """Whether a value is a constant, bit by bit.

    As ``==`` it would become a comparison with a constant cut to the bits that it needs, and
    Verilator refuses operands of two widths.
    """
    if not len(value):
        return C(1)
    return Cat(*(bit if constant >> i & 1 else ~bit for i, bit in enumerate(value))).all()


def reaches(value: Value, limit: int) -> Value:
    """Whether a value that is never above a constant is that constant: whether the ones of it are.

    Any other value with those ones is larger. A few bits are looked at instead of all.
    """
    return Cat(*(value[bit] for bit in range(len(value)) if limit >> bit & 1)).all()


def linear_map(matrix: BitMatrix, state: Value) -> Value:
    """A matrix over GF(2) applied to a state: a XOR for each row, or a wire if it has one bit."""
    return Cat(*(_xor_of(state, row) for row in matrix.rows))


def _xor_of(state: Value, mask: int) -> Value:
    inputs = [state[bit] for bit in range(len(state)) if mask >> bit & 1]
    return inputs[0] if len(inputs) == 1 else Cat(*inputs).xor()


def incremented(value: Value) -> Value:
    """The value and one, modulo 2^width, with as few levels of logic as there are.

    Each bit is toggled by those below it, up to six bits by one look-up table a bit. More are cut
    into groups: whether a group is full is one look-up table, and a bit is one of itself, those
    below it in its group, and one for each group below. With 6, 5, 4 and so on in a group that is
    two levels for up to 21 bits; beyond, the tools' carry chain is shorter, see `carried`.
    """
    full: list[Value] = []
    toggled: list[Value] = []
    for size in range(_LUT_INPUTS, 0, -1):
        group = value[len(toggled) : len(toggled) + size]
        toggled += [bit ^ Cat(group[:index], *full).all() for index, bit in enumerate(group)]
        full.append(group.all())
    width = len(value)
    return Cat(*toggled) if len(toggled) == width else carried(value)[:width]


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
