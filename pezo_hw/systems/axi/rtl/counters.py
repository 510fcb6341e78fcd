"""What has happened since the last restart, in numbers."""

from __future__ import annotations

from amaranth.hdl import Module, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.split_counter import add_event_count

COUNT_BITS = 32
FAULT_BITS = 16


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
        counted: dict[str, Value] = {"perturbations": self.perturbation, "transfers": self.transfer}
        if self._counts_faults:
            counted["faults"] = self.fault & ~self.faults.all()
        for name, event in counted.items():
            count = getattr(self, name)
            events = add_event_count(m, name, bits=len(count), event=event, clear=self.clear)
            m.d.comb += count.eq(events)
        return m
