"""The core of a bank of table-Hadamard generators."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import Cat, Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .....rtl.fill_counter import FillCounter
from .....rtl.shared_modules import add_copies
from ...rtl.leap_bank import LeapBank
from ..model import FIXED_POINT, LATENCY
from ..table import SOURCE
from .group import HadamardGroup


class TableHadamardCore(wiring.Component):
    """W numbers a cycle from a long LFSR and a `HadamardGroup` for every 16 lanes.

    Timing: as every core; ``valid`` rises 5 enabled clock edges after a reset. While it is low,
    ``mantissa`` is undefined.

    Parameters
    ----------
    starts : sequence of int
        The state of each group's register at cycle 0.
    lanes : int
        W, at most 16 times as many; the outputs past it are left open.

    Members
    -------
    en : Signal(1), in
        Clock enable of everything.
    valid : Signal(1), out
        Whether ``mantissa`` is a beat.
    mantissa : Signal(W * 12), out
        Two's complement, lane 0 lowest: value = mantissa / 128.
    """

    def __init__(self, starts: Sequence[int], lanes: int) -> None:
        self.starts = starts
        mantissa = Out(lanes * FIXED_POINT.bits)
        super().__init__({"en": In(1), "valid": Out(1), "mantissa": mantissa})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.fill = fill = FillCounter(LATENCY)
        m.submodules.sources = sources = LeapBank(SOURCE, self.starts)
        m.d.comb += [part.en.eq(self.en) for part in (fill, sources)]
        groups = add_copies(m, platform, "group", HadamardGroup, len(self.starts))
        for index, group in enumerate(groups):
            state = sources.states.word_select(index, SOURCE.width)
            m.d.comb += [group["en"].eq(self.en), group["words"].eq(state[: SOURCE.leap])]
        samples = Cat(*(group["samples"] for group in groups))
        m.d.comb += [
            self.valid.eq(fill.valid),
            self.mantissa.eq(samples[: len(self.mantissa)]),
        ]
        return m
