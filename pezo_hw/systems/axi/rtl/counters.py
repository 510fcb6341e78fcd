"""What has happened since the last restart, in numbers."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import incremented
from ....rtl.split_counter import SplitCounter

COUNT_BITS = 32
FAULT_BITS = 16
# One would do to keep carries a cycle apart; with two a count of 16 or 32 bits has a part less.
_LOW_BITS = 2


class Counters(wiring.Component):
    """Counts perturbations and beats modulo 2^32, and faults up to 65535.

    Timing: a count is one more in the cycle after its event. ``clear`` sets all to 0 and wins over
    events of the same cycle, as reset does.

    Parameters
    ----------
    faults : bool
        Whether faults are counted; otherwise there are none.

    Members
    -------
    perturbation, transfer, fault, clear : Signal(1), in
        The events.
    perturbations, transfers : Signal(32), out
        The counts.
    faults : Signal(16), out
        Stays at 65535.
    """

    def __init__(self, *, faults: bool) -> None:
        self._counts_faults = faults
        super().__init__(
            {
                "perturbation": In(1),
                "transfer": In(1),
                "fault": In(1),
                "clear": In(1),
                "perturbations": Out(COUNT_BITS),
                "transfers": Out(COUNT_BITS),
                "faults": Out(FAULT_BITS),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        perturbations = self._count(m, "perturbations", self.perturbation, COUNT_BITS)
        transfers = self._count(m, "transfers", self.transfer, COUNT_BITS)
        m.d.comb += [self.perturbations.eq(perturbations), self.transfers.eq(transfers)]
        if self._counts_faults:
            noticed = self.fault & ~self.faults.all()
            m.d.comb += self.faults.eq(self._count(m, "faults", noticed, FAULT_BITS))
        return m

    def _count(self, m: Module, name: str, event: Value, bits: int) -> Value:
        """The events since ``clear``: two low bits here, and what they carry out."""
        low = Signal(_LOW_BITS, name=f"{name}_low")
        m.submodules[f"{name}_high"] = high = SplitCounter(bits - _LOW_BITS)
        with m.If(self.clear):
            m.d.sync += low.eq(0)
        with m.Elif(event):
            m.d.sync += low.eq(incremented(low))
        m.d.comb += [high.step.eq(event & low.all()), high.clear.eq(self.clear)]
        return Cat(low, high.count)
