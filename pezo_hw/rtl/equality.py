"""Comparison with a constant."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Signal, Value


def equals(signal: Signal, constant: int) -> Value:
    """Whether a signal has a value, bit by bit.

    As ``==`` it would become a comparison with a constant cut to the bits that it needs, and
    Verilator refuses operands of two widths.
    """
    if not len(signal):
        return C(1)
    return Cat(*(bit if constant >> i & 1 else ~bit for i, bit in enumerate(signal))).all()
