"""A ring, its tracker and their check, fed with anything at any time."""

from __future__ import annotations

from amaranth.hdl import Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.rtl.lfsr_bank import LFSRBank
from pezo_hw.generators.on_the_fly.rtl.lockstep_check import LockstepCheck


class CheckedRing(wiring.Component):
    """What `RewindingOnTheFlyCore` has of it, with the history's part left to whoever asks.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.
    kind : type
        The check, or one that is broken.
    """

    def __init__(self, parameters: OnTheFlyParameters, kind: type = LockstepCheck) -> None:
        self.parameters = parameters
        self.check = kind(parameters)
        super().__init__(
            {
                "en": In(1),
                "complete": In(1),
                "feed": In(1),
                "entry": In(parameters.width),
                "tracker_entry": In(parameters.entry_bits),
                "fault": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        p, check = self.parameters, self.check
        m.submodules.lockstep_check = check
        m.submodules.ring = ring = LFSRBank(p.bank, entry_bits=p.width)
        m.submodules.tracker = tracker = LFSRBank(p.tracker, entry_bits=p.entry_bits)
        m.d.comb += [part.en.eq(self.en) for part in (ring, tracker, check)]
        m.d.comb += [part.feed.eq(self.feed) for part in (ring, tracker)]
        m.d.comb += [
            ring.entry.eq(self.entry),
            tracker.entry.eq(self.tracker_entry),
            check.complete.eq(self.complete),
            check.entering.eq(ring.entering),
            check.leaving.eq(ring.states[: p.width]),
            check.tracked.eq(tracker.states),
            check.tracker_entering.eq(tracker.entering),
            self.fault.eq(check.fault),
        ]
        return m
