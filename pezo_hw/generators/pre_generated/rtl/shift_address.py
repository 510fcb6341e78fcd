"""The addresses of a pool's copies as the states of an LFSR."""

from __future__ import annotations

from functools import reduce
from operator import xor

from amaranth.hdl import Cat, Module, Signal, Value

from .chosen_map import chosen_map
from .copy_address import CopyAddress

# A map out of so many is one XOR of 6-input look-up tables a bit; beyond, it is one after another.
_CHOICE_BITS, _STAGE_BITS = 4, 3


class ShiftAddress(CopyAddress):
    """Counts through an `AddressOrder` of an LFSR's states, a step a cycle for each port.

    An LFSR is a shift register, so that the state one step later is the same bits with one more: a
    register of m + 1 bits holds the addresses of both ports, and nothing lies between it and the
    memories. Going back by some numbers of the pool is a linear map, a different one for each.

    Parameters, timing and members: those of `CopyAddress`.
    """

    def elaborate(self, platform: object) -> Module:
        m = Module()
        bits, more = self.order.bits, self.ports - 1
        first = self._first_window()
        window = Signal(bits + more, name="window", init=first)
        for port in range(self.ports):
            low = more - port
            m.d.comb += getattr(self, f"address_{port}").eq(window[low : low + bits])
        with m.If(self.en):
            m.d.sync += window.eq(self._extended(window, self.ports))
        if self.most_back:
            with m.If(self.back):
                m.d.sync += window.eq(self._gone_back(m))
        if self.loads:
            with m.If(self.load):
                m.d.sync += window.eq(self._extended(self.start, more))
        return m

    def _gone_back(self, m: Module) -> Value:
        """The window, so many numbers further back.

        Its last map gives the newest bits as well: behind it they would be one XOR more.
        """
        state: Value = self.address_0
        bits = len(self.numbers)
        stage = bits if bits <= _CHOICE_BITS else _STAGE_BITS
        for low in range(0, bits, stage):
            choice = self.numbers[low : low + stage]
            maps = [self.order.back(number << low).rows for number in range(1 << len(choice))]
            if low + stage >= bits:
                maps = [self._extended_rows(rows) for rows in maps]
            gone_back = Signal(len(maps[0]), name=f"gone_back_{low}")
            m.d.comb += gone_back.eq(chosen_map(maps, choice, state))
            state = gone_back
        return state

    def _extended_rows(self, rows: tuple[int, ...]) -> tuple[int, ...]:
        """The map to a state as one to a window."""
        for _ in range(1, self.ports):
            rows = (reduce(xor, (rows[tap - 1] for tap in self.order.taps)), *rows)
        return rows

    def _extended(self, bits: Value, steps: int) -> Value:
        """A window whose newest m bits are a state, after so many steps: the newest bits lowest."""
        for _ in range(steps):
            bits = Cat(Cat(*(bits[tap - 1] for tap in self.order.taps)).xor(), bits)
        return bits

    def _first_window(self) -> int:
        """Its value after a reset: the addresses of the first places, side by side."""
        window = int(self.order.sequence[0])
        for address in self.order.sequence[1 : self.ports].tolist():
            window = window << 1 | address & 1
        return window
