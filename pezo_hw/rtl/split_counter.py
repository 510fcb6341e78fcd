"""The high bits of a counter, without a long carry."""

from __future__ import annotations

from collections.abc import Iterator

from amaranth.hdl import Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .functions import carried, incremented

# A carry cell takes four bits: 11, and what they carry out, are three cells.
_PART = 11
_LAST = _PART + 1
# One would do to keep carries a cycle apart; with two a count of 16 or 32 bits has a part less.
_LOW_BITS = 2


class SplitCounter(wiring.Component):
    """Counts events that never come in two clock cycles running, three levels deep at any width.

    Made for what a few low bits, counted in front of it, carry out. It is cut into parts of 11
    bits, each with a carry chain of its own. A part moves on where all below it are full, and that
    was read off them a clock cycle earlier, into a register. It is as good: no part has changed
    since then, because there was no event. So ``count`` is exact in every cycle, not after a while.

    Timing: ``count`` is one more in the cycle after ``step``, modulo 2^bits. ``step`` must be low
    in a cycle after one in which it was high. ``clear`` high at a clock edge makes the count
    ``start`` and wins over ``step``; reset does the same.

    Parameters
    ----------
    bits : int
        Bits of the count, at least 1.
    start : int
        Where it starts: 0 or 1.

    Members
    -------
    step, clear : Signal(1), in
        See above.
    count : Signal(bits), out
        ``start`` and the events since the last ``clear``.
    """

    def __init__(self, bits: int, *, start: int = 0) -> None:
        self.start = start
        super().__init__({"step": In(1), "clear": In(1), "count": Out(bits)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        parts = [
            Signal(width, name=f"part_{index}", init=0 if index else self.start)
            for index, width in enumerate(_widths(len(self.count)))
        ]
        moves = self.step
        for part in parts[:-1]:
            following = carried(part)
            self._count(m, part, following[:-1], moves)
            moves = moves & self._was_full(m, part, following[-1])
        self._count(m, parts[-1], carried(parts[-1])[:-1], moves)
        m.d.comb += self.count.eq(Cat(*parts))
        return m

    def _count(self, m: Module, part: Signal, following: Value, moves: Value) -> None:
        with m.If(moves):
            m.d.sync += part.eq(following)
        with m.If(self.clear):
            m.d.sync += part.eq(part.init)

    def _was_full(self, m: Module, part: Signal, full: Value) -> Signal:
        was_full = Signal(name=f"{part.name}_was_full")
        m.d.sync += was_full.eq(full)
        # Cleared with the part: it would tell of the part as it was before.
        with m.If(self.clear):
            m.d.sync += was_full.eq(0)
        return was_full


def add_event_count(m: Module, name: str, *, bits: int, event: Value, clear: Value) -> Value:
    """Adds a count of events at any rate to a module, and returns it: exact in every cycle.

    Two low bits, and a `SplitCounter` of what they carry out: three levels deep at any width.

    Parameters
    ----------
    m : Module
        Where it is added.
    name : str
        What the registers are called by.
    bits : int
        Bits of the count, at least 1.
    event : Value
        The count is one more in the cycle after it, modulo 2^bits.
    clear : Value
        The count is 0 in the cycle after it; wins over ``event``, and reset does the same.
    """
    low = Signal(min(bits, _LOW_BITS), name=f"{name}_low")
    with m.If(clear):
        m.d.sync += low.eq(0)
    with m.Elif(event):
        m.d.sync += low.eq(incremented(low))
    if bits == len(low):
        return low
    m.submodules[f"{name}_high"] = high = SplitCounter(bits - len(low))
    m.d.comb += [high.step.eq(event & low.all()), high.clear.eq(clear)]
    return Cat(low, high.count)


def _widths(bits: int) -> Iterator[int]:
    """The parts, the lowest first; the last one carries nothing out."""
    while bits > _LAST:
        yield _PART
        bits -= _PART
    yield bits
