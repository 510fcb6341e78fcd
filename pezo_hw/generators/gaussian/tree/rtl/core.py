"""The core of a bank of trees."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .....rtl.fill_counter import FillCounter
from .....rtl.shared_modules import add_copies
from ...rtl.xnor_bank import XNORBank
from ..levels import WIDTHS
from ..model import FIXED_POINT, LATENCY
from .lane import TreeLane

_WORDS = ("sign_word", *(f"word_{bit}" for bit in reversed(range(len(WIDTHS) - 1))))


class TreeCore(wiring.Component):
    """W numbers a cycle from eight banks of LFSRs, one for each bit, and a `TreeLane` each.

    The mantissas come straight out of the trees: there is no register behind the LFSRs, as in the
    published example. They start a step before cycle 0, so that the first enabled edge shows it.

    Timing: as every core; ``valid`` rises 1 enabled clock edge after a reset. While it is low,
    ``mantissa`` is undefined.

    Parameters
    ----------
    starts : sequence of sequence of int, shape (W, 8)
        The states of each lane's registers at cycle 0, that of bit 7 first.

    Members
    -------
    en : Signal(1), in
        Clock enable of everything.
    valid : Signal(1), out
        Whether ``mantissa`` is a beat.
    mantissa : Signal(W * 9), out
        Two's complement, odd, lane 0 lowest: value = mantissa / 64.
    """

    def __init__(self, starts: Sequence[Sequence[int]]) -> None:
        self.starts = starts
        mantissa = Out(len(starts) * FIXED_POINT.bits)
        super().__init__({"en": In(1), "valid": Out(1), "mantissa": mantissa})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.fill = fill = FillCounter(LATENCY)
        m.d.comb += [fill.en.eq(self.en), self.valid.eq(fill.valid)]
        lanes = add_copies(m, platform, "lane", TreeLane, len(self.starts))
        for register, (word, width) in enumerate(zip(_WORDS, WIDTHS, strict=True)):
            starts = [own[register] for own in self.starts]
            bank = XNORBank(width, starts, start_cycle=-LATENCY)
            m.submodules[f"{word}s"] = bank
            m.d.comb += bank.en.eq(self.en)
            m.d.comb += [
                lane[word].eq(bank.states.word_select(index, width))
                for index, lane in enumerate(lanes)
            ]
        odd = (Cat(C(1, 1), lane["sample"]) for lane in lanes)
        m.d.comb += self.mantissa.eq(Cat(*odd))
        return m
