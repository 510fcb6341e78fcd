"""The core of a bank of trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from amaranth.hdl import C, Cat, Module, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .....rtl.fill_counter import FillCounter
from .....rtl.shared_modules import add_copies
from ...rtl.xnor_bank import XNORBank
from ..levels import WIDTHS
from ..model import FIXED_POINT, LATENCY, SAMPLE_BITS
from .lanes import TreeLanes

# Lanes whose trees are one module: as many as a machine word has bits, for the simulators.
SLICE = 64


class TreeCore(wiring.Component):
    """W numbers a cycle from eight banks of LFSRs, one for each bit, and `TreeLanes`.

    The mantissas come straight out of the trees: there is no register behind the LFSRs, as in the
    published example. They start a step before cycle 0, so that the first enabled edge shows it.
    The trees of every 64 lanes are copies of one module, and those that are left over a narrower
    one.

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
        banks = [self._bank(m, register) for register in range(len(WIDTHS))]
        mantissas: list[Value] = []
        for first, count, pins in self._slices(m, platform):
            m.d.comb += pins["bit_7"].eq(self._bits_of(banks[0], WIDTHS[0] - 1, first, count))
            for register, width in enumerate(WIDTHS[1:], 1):
                planes = (self._bits_of(banks[register], bit, first, count) for bit in range(width))
                m.d.comb += pins[f"word_{SAMPLE_BITS - 1 - register}"].eq(Cat(*planes))
            mantissas += [self._odd(pins["samples"], lane, count) for lane in range(count)]
        m.d.comb += self.mantissa.eq(Cat(*mantissas))
        return m

    def _bank(self, m: Module, register: int) -> Value:
        """The states of one register of all lanes, bit by bit."""
        starts = [own[register] for own in self.starts]
        bank = XNORBank(WIDTHS[register], starts, start_cycle=-LATENCY)
        m.submodules[f"bank_{SAMPLE_BITS - 1 - register}"] = bank
        m.d.comb += bank.en.eq(self.en)
        return bank.states

    def _slices(self, m: Module, platform: object) -> list[tuple[int, int, Mapping[str, Value]]]:
        """The first lane, the number of lanes and the pins of each slice."""
        full, rest = divmod(len(self.starts), SLICE)
        pins = add_copies(m, platform, "lanes", partial(TreeLanes, SLICE), full)
        slices = [(SLICE * index, SLICE, own) for index, own in enumerate(pins)]
        if rest:
            (own,) = add_copies(m, platform, "last_lanes", partial(TreeLanes, rest), 1)
            slices.append((SLICE * full, rest, own))
        return slices

    def _bits_of(self, states: Value, bit: int, first: int, count: int) -> Value:
        """One bit of the states of some lanes."""
        begin = bit * len(self.starts) + first
        return states[begin : begin + count]

    @staticmethod
    def _odd(samples: Value, lane: int, count: int) -> Value:
        """A lane's mantissa, 2s + 1."""
        return Cat(C(1, 1), *(samples[bit * count + lane] for bit in range(SAMPLE_BITS)))
