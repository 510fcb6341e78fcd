"""The circular shift as the paper's text has it: fixed RNGs, a pointer, multiplexers."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Mux, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out


class CircularShiftPointer(wiring.Component):
    """Shows word (p + pointer) mod n at position p, and moves the pointer once a cycle.

    The multiplexers form a logarithmic rotator: stage i rotates by 2^i mod n positions when bit i
    of the pointer is set. That is ceil(log2 n) two-to-one multiplexers for each bit of a word.

    Timing: words to positions is combinational; the pointer counts 0 ... n - 1 and wraps, one up
    for every clock edge with ``en`` high. Reset wins over ``en`` and gives ``start_cycle mod n``.

    Parameters
    ----------
    words : int
        n >= 1.
    width : int
        Bits of a word.
    start_cycle : int
        The cycle shown after reset; may be negative.

    Members
    -------
    en : Signal(1), in
        Clock enable of the pointer.
    words : Signal(n * width), in
        The words in their fixed places, word 0 lowest.
    positions : Signal(n * width), out
        The same words, circularly shifted.
    pointer : Signal(ceil(log2 n)), out
        Which word position 0 shows.
    """

    def __init__(self, words: int, width: int, *, start_cycle: int = 0) -> None:
        self.count = words
        self.width = width
        self.start_cycle = start_cycle
        super().__init__(
            {
                "en": In(1),
                "words": In(words * width),
                "positions": Out(words * width),
                "pointer": Out(max(1, (words - 1).bit_length())),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        pointer = Signal(self.pointer.shape(), name="count", init=self.start_cycle % self.count)
        m.d.comb += self.pointer.eq(pointer)
        with m.If(self.en):
            m.d.sync += pointer.eq(Mux(pointer == self.count - 1, 0, pointer + 1))
        shifted = self.words
        for bit in range(len(pointer)):
            stage = Signal(len(self.words), name=f"stage_{bit}")
            low = ((1 << bit) % self.count) * self.width
            rotated = Cat(shifted[low:], shifted[:low])
            m.d.comb += stage.eq(Mux(pointer[bit], rotated, shifted))
            shifted = stage
        m.d.comb += self.positions.eq(shifted)
        return m
