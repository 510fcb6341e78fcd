"""What lies between a bus protocol and the registers."""

from __future__ import annotations

from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..parameters import ADDRESS_BITS, DATA_BITS

INDEX_BITS = ADDRESS_BITS - 2


class RegisterWriteSignature(wiring.Signature):
    """The half of `RegisterBusSignature` that writes."""

    def __init__(self) -> None:
        super().__init__(
            {
                "write": Out(1),
                "write_index": Out(INDEX_BITS),
                "write_data": Out(DATA_BITS),
                "write_allowed": In(1),
            }
        )


class RegisterReadSignature(wiring.Signature):
    """The half of `RegisterBusSignature` that reads."""

    def __init__(self) -> None:
        super().__init__(
            {"read_index": Out(INDEX_BITS), "read_data": In(DATA_BITS), "read_allowed": In(1)}
        )


class RegisterBusSignature(wiring.Signature):
    """Whole words, read and written independently, seen from the side that asks.

    Timing: at a clock edge where ``write`` is high, ``write_data`` is written to the register at
    ``write_index`` if ``write_allowed`` is high, and nothing happens otherwise. ``read_data`` and
    ``read_allowed`` belong to ``read_index`` in the same cycle; reading changes nothing.

    Members
    -------
    write : Signal(1), out
        See above.
    write_index, read_index : Signal(10), out
        The word's address: the byte address without its lowest two bits.
    write_data : Signal(32), out
        See above.
    write_allowed, read_allowed : Signal(1), in
        There is such a register, and it can be written or read.
    read_data : Signal(32), in
        0 where ``read_allowed`` is low.
    """

    def __init__(self) -> None:
        halves = (RegisterWriteSignature(), RegisterReadSignature())
        super().__init__({name: pin for half in halves for name, pin in half.members.items()})
