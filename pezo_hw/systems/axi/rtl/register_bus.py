"""What lies between a bus protocol and the registers."""

from __future__ import annotations

from amaranth.hdl import Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..parameters import DATA_BITS


class RegisterWriteSignature(wiring.Signature):
    """The half of `RegisterBusSignature` that writes."""

    def __init__(self, index_bits: int) -> None:
        super().__init__(
            {
                "write": Out(1),
                "write_index": Out(index_bits),
                "write_data": Out(DATA_BITS),
                "write_allowed": In(1),
            }
        )


class RegisterReadSignature(wiring.Signature):
    """The half of `RegisterBusSignature` that reads."""

    def __init__(self, index_bits: int) -> None:
        super().__init__(
            {"read_index": Out(index_bits), "read_data": In(DATA_BITS), "read_allowed": In(1)}
        )


class RegisterBusSignature(wiring.Signature):
    """Whole words, read and written independently, seen from the side that asks.

    Timing: at a clock edge where ``write`` is high, ``write_data`` is written to the register at
    ``write_index`` if ``write_allowed`` is high, and nothing happens otherwise. ``read_data`` and
    ``read_allowed`` belong to ``read_index`` in the same cycle; reading changes nothing.

    Parameters
    ----------
    index_bits : int
        Those of a word's address that tell the registers apart. An address with any other bit high
        is of no register, and whoever asks has to know that.

    Members
    -------
    write : Signal(1), out
        See above.
    write_index, read_index : Signal(index_bits), out
        The word's address: the byte address without its lowest two bits.
    write_data : Signal(32), out
        See above.
    write_allowed, read_allowed : Signal(1), in
        There is such a register, and it can be written or read.
    read_data : Signal(32), in
        Undefined where ``read_allowed`` is low.
    """

    def __init__(self, index_bits: int) -> None:
        halves = (RegisterWriteSignature(index_bits), RegisterReadSignature(index_bits))
        super().__init__({name: pin for half in halves for name, pin in half.members.items()})


def is_in_map(address: Value, index_bits: int) -> Value:
    """Whether a byte address is a multiple of four, and has no bit above those of the index."""
    return ~(address[:2].any() | address[2 + index_bits :].any())
