"""A ring, its tracker, if it has one, and their check, fed with anything at any time."""

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
        flags = {name: In(1) for name in ("en", "complete", "feed")}
        entries = {"entry": In(parameters.width)}
        if parameters.has_table:
            entries["tracker_entry"] = In(parameters.entry_bits)
        super().__init__({**flags, **entries, "fault": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        p, check = self.parameters, self.check
        m.submodules.lockstep_check = check
        m.submodules.ring = ring = LFSRBank(p.bank, entry_bits=p.width)
        m.d.comb += [
            ring.en.eq(self.en),
            ring.feed.eq(self.feed),
            ring.entry.eq(self.entry),
            check.en.eq(self.en),
            check.complete.eq(self.complete),
            check.entering.eq(ring.entering),
            check.leaving.eq(ring.states[: p.width]),
            self.fault.eq(check.fault),
        ]
        if p.has_table:
            self._add_tracker(m)
        return m

    def _add_tracker(self, m: Module) -> None:
        p, check = self.parameters, self.check
        m.submodules.tracker = tracker = LFSRBank(p.tracker, entry_bits=p.entry_bits)
        m.d.comb += [
            tracker.en.eq(self.en),
            tracker.feed.eq(self.feed),
            tracker.entry.eq(self.tracker_entry),
            check.tracked.eq(tracker.states),
            check.tracker_entering.eq(tracker.entering),
        ]
