"""What a pre-generated core is made of."""

from __future__ import annotations

from ..inventory import Gates, Inventory, ReadMemory, maximal_toggles
from .parameters import PreGeneratedParameters


def inventory_of(parameters: PreGeneratedParameters) -> Inventory | None:
    """The parts of the core, where its address is a shift register.

    Otherwise None: Yosys makes a few look-up tables of a counter and its wrap, and how many they
    are depends on the number at which it wraps.
    """
    p = parameters
    if p.stores_rows or not p.copies.order.is_linear:
        return None
    order, ports = p.copies.order, p.ports
    # Each step has a feedback of its own, of other bits; the address of the second port is the
    # first one's with a bit more.
    feedbacks = [frozenset(tap - 1 - port for tap in order.taps) for port in range(ports)]
    registers = order.bits + ports - 1 + p.latency
    pool = ReadMemory(words=order.depth, bits=p.width, ports=ports, copies=p.copies.count)
    return Inventory(
        registers=registers,
        gates=[Gates(inputs=feedbacks)],
        memories=[pool],
        toggles=(order.bits + ports - 1 + len(feedbacks)) * maximal_toggles(order.bits),
    )
