"""The rotated bank in two architectures behind one interface."""

from __future__ import annotations

import dataclasses

from amaranth.hdl import Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....checks import choice
from ..bank import BankParameters
from ..parameters import ARCHITECTURES
from .circular_shift_pointer import CircularShiftPointer
from .lfsr_bank import LFSRBank


class RotatingBank(wiring.Component):
    """What every position shows, cycle by cycle.

    * ``"ring"``: the states move from position to position; no logic beyond the LFSRs.
    * ``"pointer"``: the RNGs stay in place and a `CircularShiftPointer` selects; the paper's text
      taken literally, and what the textbook rotation costs.

    Both show the same states in every cycle from the same reset, which is proven by induction. A
    bank that does not rotate is the same hardware in either.

    Timing, reset and ``en`` are those of `LFSRBank`.

    Parameters
    ----------
    bank : BankParameters
        Registers, seeds, and whether they rotate.
    architecture : str
        ``"ring"`` or ``"pointer"``.
    start_cycle : int
        The cycle shown after reset; may be negative.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    positions : Signal(n * b), out
        The state that each position shows, position 0 lowest.
    """

    def __init__(
        self, bank: BankParameters, *, architecture: str = "ring", start_cycle: int = 0
    ) -> None:
        self.bank = bank
        self.architecture = choice("architecture", architecture, ARCHITECTURES)
        self.start_cycle = start_cycle
        super().__init__({"en": In(1), "positions": Out(bank.rngs * bank.lfsr.width)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        if self.architecture == "ring" or not self.bank.rotate:
            m.submodules.lfsr_bank = bank = LFSRBank(self.bank, start_cycle=self.start_cycle)
            m.d.comb += [bank.en.eq(self.en), self.positions.eq(bank.states)]
            return m
        fixed = dataclasses.replace(self.bank, rotate=False)
        m.submodules.lfsr_bank = bank = LFSRBank(fixed, start_cycle=self.start_cycle)
        m.submodules.circular_shift = pointer = CircularShiftPointer(
            fixed.rngs, fixed.lfsr.width, start_cycle=self.start_cycle
        )
        m.d.comb += [
            bank.en.eq(self.en),
            pointer.en.eq(self.en),
            pointer.words.eq(bank.states),
            self.positions.eq(pointer.positions),
        ]
        return m
