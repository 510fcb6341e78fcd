"""Notices a bit flip in the lanes."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.delay_line import DelayLine
from ....rtl.functions import linear_map
from ..parameters import OnTheFlyParameters


class LockstepCheck(wiring.Component):
    """Compares every word that leaves the ring with what entered it n clock edges before.

    In n edges an RNG goes once around the ring, and n times the cycle's matrix A is applied to it:
    what position 0 hands on must be A^n of what entered position n - 1 n edges ago. A^n is
    invertible, so whatever flips in a lane on its way, one bit or many, makes a difference. What
    enters may come from outside (replay, load): the word that leaves meanwhile is checked all the
    same, and the check needs no restart. The tracker, which has nobody behind it, is kept twice;
    with a constant exponent there is none.

    A lane is checked once a turn: a flip in position p shows at the (p + 1)th enabled edge after
    it, and one in the tracker at the first. At that edge a wrong word has not been recorded
    anywhere but in what enters at it.

    Timing: ``fault`` is high for one clock cycle after each enabled edge at which a comparison
    failed; latency 1. Nothing is compared from a reset, which lowers ``fault``, until ``complete``
    is high for the first time. With ``en`` low nothing is compared. The copy and the delayed words
    are not reset. The copy is a register without a reset, so that no tool takes it for the
    tracker's own, and ``keep`` says so once more.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator; its bank rotates.

    Members
    -------
    en : Signal(1), in
        Clock enable of the ring and the tracker.
    complete : Signal(1), in
        At least n enabled edges have passed since the reset.
    entering : Signal(b), in
        What position n - 1 becomes at the next enabled edge. Not the position itself: what flips
        there would be taken for what entered.
    leaving : Signal(b), in
        The state of position 0.
    tracked : Signal(b), in
        The tracker's state; only where there is one.
    tracker_entering : Signal(entry_bits), in
        Its low bits after the next enabled edge; the same.
    fault : Signal(1), out
        See above.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        width = parameters.width
        flags = {name: In(1) for name in ("en", "complete")}
        states = {name: In(width) for name in ("entering", "leaving")}
        if parameters.has_table:
            states |= {"tracked": In(width), "tracker_entering": In(parameters.entry_bits)}
        super().__init__({**flags, **states, "fault": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        armed = Signal(name="armed")
        ring_differs = Signal(name="ring_differs")
        tracker_differs = Signal(name="tracker_differs")
        self._check_ring(m, ring_differs)
        if self.parameters.has_table:
            self._check_tracker(m, tracker_differs)
        with m.If(self.complete):
            m.d.sync += armed.eq(1)
        checked = self.en & (self.complete | armed)
        m.d.sync += self.fault.eq(checked & (ring_differs | tracker_differs))
        return m

    def _check_ring(self, m: Module, differs: Signal) -> None:
        """The turn's matrix lies between two registers, on no path of the ring's."""
        matrix, n = self.parameters.lfsr.cycle_matrix, self.parameters.rngs
        m.submodules.turn = turn = DelayLine(width=self.parameters.width, delay=n - 1)
        expected = Signal(self.parameters.width, name="expected", reset_less=True)
        m.d.comb += [
            turn.en.eq(self.en),
            turn.i.eq(self.entering),
            differs.eq(linear_map(matrix, self.leaving) != expected),
        ]
        with m.If(self.en):
            m.d.sync += expected.eq(linear_map(matrix**n, turn.o))

    def _check_tracker(self, m: Module, differs: Signal) -> None:
        bits = self.parameters.entry_bits
        copy = Signal(
            self.parameters.width, name="tracker_copy", reset_less=True, attrs={"keep": "true"}
        )
        moved = linear_map(self.parameters.lfsr.cycle_matrix, self.tracked)
        m.d.comb += differs.eq(self.tracked != copy)
        with m.If(self.en):
            m.d.sync += copy.eq(Cat(self.tracker_entering, moved[bits:]))
