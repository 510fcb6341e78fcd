"""The members of an AXI4-Lite and of an AXI4-Stream interface."""

from __future__ import annotations

from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..parameters import ADDRESS_BITS, DATA_BITS

STROBES = DATA_BITS // 8
OKAY, SLVERR = 0b00, 0b10


class AXI4LiteWriteSignature(wiring.Signature):
    """The write channels of `AXI4LiteSignature`: address, data and response."""

    def __init__(self) -> None:
        super().__init__(
            {
                "awaddr": Out(ADDRESS_BITS),
                "awprot": Out(3),
                "awvalid": Out(1),
                "awready": In(1),
                "wdata": Out(DATA_BITS),
                "wstrb": Out(STROBES),
                "wvalid": Out(1),
                "wready": In(1),
                "bresp": In(2),
                "bvalid": In(1),
                "bready": Out(1),
            }
        )


class AXI4LiteReadSignature(wiring.Signature):
    """The read channels of `AXI4LiteSignature`: address and data."""

    def __init__(self) -> None:
        super().__init__(
            {
                "araddr": Out(ADDRESS_BITS),
                "arprot": Out(3),
                "arvalid": Out(1),
                "arready": In(1),
                "rdata": In(DATA_BITS),
                "rresp": In(2),
                "rvalid": In(1),
                "rready": Out(1),
            }
        )


class AXI4LiteSignature(wiring.Signature):
    """AXI4-Lite with 32 bits of data and 12 bits of byte address, seen from the manager.

    Source: AMBA AXI protocol specification (ARM IHI 0022), part B. Names are those of its signals.
    """

    def __init__(self) -> None:
        halves = (AXI4LiteWriteSignature(), AXI4LiteReadSignature())
        super().__init__({name: pin for half in halves for name, pin in half.members.items()})


class AXI4StreamSignature(wiring.Signature):
    """AXI4-Stream with frames, and perhaps one user bit, seen from the transmitter.

    Source: AMBA AXI-Stream protocol specification (ARM IHI 0051). Names are those of its signals.

    Parameters
    ----------
    data_bits : int
        Bits of ``tdata``, a multiple of 8.
    user : bool
        Whether there is ``tuser``.
    """

    def __init__(self, data_bits: int, *, user: bool = True) -> None:
        pins = {"tdata": Out(data_bits), "tvalid": Out(1), "tready": In(1), "tlast": Out(1)}
        super().__init__(pins | ({"tuser": Out(1)} if user else {}))
