"""Long LFSRs that give many new bits a cycle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.shared_modules import add_copies
from ..leap_lfsr import LeapLFSR


class LeapBank(wiring.Component):
    """So many `LeapLFSR` in lockstep, each from a start state of its own.

    The start states are reset values and nothing else, so that the logic between the registers is
    copies of one `LeapStep`.

    Timing: the states are registers; one cycle of all LFSRs for every clock edge with ``en`` high.
    Reset (which wins over ``en``) and power-up give the start states.

    Parameters
    ----------
    lfsr : LeapLFSR
        The register that all of them are.
    starts : sequence of int
        The state of each at cycle 0.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    states : Signal(len(starts) * n), out
        The states, the first lowest.
    """

    def __init__(self, lfsr: LeapLFSR, starts: Sequence[int]) -> None:
        self.lfsr = lfsr
        self.starts = starts
        super().__init__({"en": In(1), "states": Out(len(starts) * lfsr.width)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        width = self.lfsr.width
        init = sum(start << (index * width) for index, start in enumerate(self.starts))
        state = Signal(len(self.starts) * width, name="state", init=init)
        steps = add_copies(m, platform, "step", partial(LeapStep, self.lfsr), len(self.starts))
        for index, step in enumerate(steps):
            m.d.comb += step["state"].eq(state.word_select(index, width))
        m.d.comb += self.states.eq(state)
        with m.If(self.en):
            m.d.sync += state.eq(Cat(*(step["following"] for step in steps)))
        return m


class LeapStep(wiring.Component):
    """What the state of one register is a cycle later: logic alone.

    Every new bit is a XOR of a few bits of the state: of up to 4 with taps 127 and 63 and 112 steps
    a cycle.

    Parameters
    ----------
    lfsr : LeapLFSR
        The register.

    Members
    -------
    state : Signal(n), in
        The state.
    following : Signal(n), out
        The one that follows.
    """

    def __init__(self, lfsr: LeapLFSR) -> None:
        self.lfsr = lfsr
        super().__init__({"state": In(lfsr.width), "following": Out(lfsr.width)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.d.comb += self.following.eq(Cat(*(self._xor_of(mask) for mask in self.lfsr.following)))
        return m

    def _xor_of(self, mask: int) -> Value:
        """The XOR of bits of the state; the bit above them stands for a one."""
        inputs = [self.state[bit] for bit in range(self.lfsr.width) if mask >> bit & 1]
        if mask >> self.lfsr.width:
            inputs.append(C(1, 1))
        return inputs[0] if len(inputs) == 1 else Cat(*inputs).xor()
