"""The core of a bank of generators whose lanes have long LFSRs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from amaranth.hdl import Cat, Module, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import Component, In, Out

from ....rtl.fill_counter import FillCounter
from ....rtl.shared_modules import add_copies
from ..leap_stream import LeapForm
from .leap_bank import LeapBank

# Registers side by side in a bank: no bus becomes too wide, of however many lanes.
BANK = 256


class LeapCore(wiring.Component):
    """W numbers a cycle from a long LFSR, and what makes numbers of its bits, for each group.

    Timing: as every core; ``valid`` rises ``form.latency`` enabled clock edges after a reset. While
    it is low, ``mantissa`` is undefined.

    Parameters
    ----------
    form : LeapForm
        What a group of lanes is.
    part : callable
        Makes a group's logic, with the pins ``en``, ``words`` and ``samples``.
    starts : sequence of int
        The state of each group's register at cycle 0.
    lanes : int
        W, at most ``form.size`` times as many; the outputs past it are left open.

    Members
    -------
    en : Signal(1), in
        Clock enable of everything.
    valid : Signal(1), out
        Whether ``mantissa`` is a beat.
    mantissa : Signal(W * bits), out
        Two's complement, lane 0 lowest: value = mantissa * 2^-frac.
    """

    def __init__(
        self, form: LeapForm, part: Callable[[], Component], starts: Sequence[int], lanes: int
    ) -> None:
        self.form = form
        self.part = part
        self.starts = starts
        mantissa = Out(lanes * form.fixed_point.bits)
        super().__init__({"en": In(1), "valid": Out(1), "mantissa": mantissa})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.fill = fill = FillCounter(self.form.latency)
        m.d.comb += [fill.en.eq(self.en), self.valid.eq(fill.valid)]
        states = self._states(m)
        groups = add_copies(m, platform, "group", self.part, len(states))
        for state, group in zip(states, groups, strict=True):
            words = state[: self.form.source.leap]
            m.d.comb += [group["en"].eq(self.en), group["words"].eq(words)]
        samples = Cat(*(group["samples"] for group in groups))
        m.d.comb += self.mantissa.eq(samples[: len(self.mantissa)])
        return m

    def _states(self, m: Module) -> list[Value]:
        """The state of each group's register."""
        states: list[Value] = []
        for index, first in enumerate(range(0, len(self.starts), BANK)):
            starts = self.starts[first : first + BANK]
            bank = LeapBank(self.form.source, starts)
            m.submodules[f"sources_{index}"] = bank
            m.d.comb += bank.en.eq(self.en)
            width = self.form.source.width
            states += [bank.states.word_select(place, width) for place in range(len(starts))]
        return states
