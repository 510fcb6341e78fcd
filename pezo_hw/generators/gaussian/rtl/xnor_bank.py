"""LFSRs of one width, one for each lane."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import xor

from amaranth.hdl import Cat, Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..xnor_lfsr import xnor_lfsr


class XNORBank(wiring.Component):
    """So many `XNORLFSR` of one width, in lockstep, each from a start state of its own.

    The states lie *bit by bit*: first bit 0 of all of them, the first lowest, then bit 1. So the
    bank shifts by whole words, and a feedback is one XOR of words for all.

    Timing: the states are registers; one step for every clock edge with ``en`` high. Reset (which
    wins over ``en``) and power-up give the states of cycle ``start_cycle``.

    Parameters
    ----------
    width : int
        Bits of a state.
    starts : sequence of int
        The state of each at cycle 0.
    start_cycle : int
        The cycle shown after a reset; negative where something else takes longer to fill.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    states : Signal(len(starts) * width), out
        The states, bit by bit.
    """

    def __init__(self, width: int, starts: Sequence[int], *, start_cycle: int = 0) -> None:
        self.lfsr = xnor_lfsr(width)
        self.starts = [self.lfsr.advance(start, start_cycle) for start in starts]
        super().__init__({"en": In(1), "states": Out(len(starts) * width)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        width, count = self.lfsr.width, len(self.starts)
        init = sum(
            (start >> bit & 1) << (bit * count + index)
            for index, start in enumerate(self.starts)
            for bit in range(width)
        )
        state = Signal(count * width, name="state", init=init)
        taps = [bit for bit in range(width) if self.lfsr.tap_mask >> bit & 1]
        feedback = ~reduce(xor, (state.word_select(bit, count) for bit in taps))
        m.d.comb += self.states.eq(state)
        with m.If(self.en):
            m.d.sync += state.eq(Cat(feedback, state[:-count]))
        return m
