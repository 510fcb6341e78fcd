"""The address of the pool's rows, without a carry chain where their number allows it."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..algebra.address_sequence import AddressSequence
from .functions import incremented


class RowCounter(wiring.Component):
    """Counts through an `AddressSequence`, one address for every clock edge with ``en`` high.

    Each field is a counter of its own modulus, see `incremented`: up to 6 bits its next state is a
    function of at most 6 bits, one level of 6-input LUTs.

    Timing: the address is a register; reset wins over ``en`` and gives row 0.

    Parameters
    ----------
    sequence : AddressSequence
        The moduli.
    loads : bool
        Whether the address can be set.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    address : Signal(address bits), out
        Where the current row is stored.
    load : Signal(1), in
        With ``loads`` only: the address becomes ``start`` at the next edge, whatever ``en`` is.
    start : Signal(address bits), in
        The same.
    """

    def __init__(self, sequence: AddressSequence, *, loads: bool = False) -> None:
        self.sequence = sequence
        self.loads = loads
        pins = {"en": In(1), "address": Out(sequence.address_bits)}
        if loads:
            pins |= {"load": In(1), "start": In(sequence.address_bits)}
        super().__init__(pins)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        counters = []
        for index, modulus in enumerate(self.sequence.moduli):
            counter = Signal(self.sequence.field_bits[index], name=f"counter_{index}")
            wraps = Signal(name=f"wraps_{index}")
            following = Signal(len(counter), name=f"following_{index}")
            counters.append(counter)
            m.d.comb += [
                wraps.eq(counter == modulus - 1),
                following.eq(_following(counter, wraps)),
            ]
            with m.If(self.en):
                m.d.sync += counter.eq(following)
        m.d.comb += self.address.eq(Cat(*counters))
        if self.loads:
            with m.If(self.load):
                m.d.sync += Cat(*counters).eq(self.start)
        return m


def _following(counter: Signal, wraps: Signal) -> Value:
    """The counter's next value: one up, or 0 where it wraps."""
    return incremented(counter) & ~wraps.replicate(len(counter))
