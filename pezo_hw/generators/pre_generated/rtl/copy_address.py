"""What the two kinds of a copies' address have in common."""

from __future__ import annotations

from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..address import AddressOrder


class CopyAddress(wiring.Component):
    """Counts through an `AddressOrder`; how is up to the subclass.

    Timing: the addresses are registers that move at a clock edge with ``en`` high: port p is at
    place ``u + p`` of the order, and u moves by the number of ports. ``back`` moves them instead
    so that they stand ``numbers`` numbers of the pool further back; ``load`` moves them to where
    port 0 is at ``start``. ``load`` wins over ``back``, ``back`` over ``en``, and reset, which
    gives place 0, over all.

    Parameters
    ----------
    order : AddressOrder
        The order.
    ports : int
        1 or 2.
    loads : bool
        Whether there are ``load`` and ``start``.
    most_back : int
        The largest of ``numbers``; 0: there are neither ``back`` nor ``numbers``.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    address_0, address_1 : Signal(m), out
        Of each port.
    load, back : Signal(1), in
        See above.
    start : Signal(m), in
        An address of the order.
    numbers : Signal, in
        See above.
    """

    def __init__(
        self, order: AddressOrder, ports: int, *, loads: bool = False, most_back: int = 0
    ) -> None:
        self.order = order
        self.ports = ports
        self.loads = loads
        self.most_back = most_back
        members = {"en": In(1)}
        members |= {f"address_{port}": Out(order.bits) for port in range(ports)}
        if most_back:
            members |= {"back": In(1), "numbers": In(range(most_back + 1))}
        if loads:
            members |= {"load": In(1), "start": In(order.bits)}
        super().__init__(members)
