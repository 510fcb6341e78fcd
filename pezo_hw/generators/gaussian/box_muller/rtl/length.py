"""From random bits to the length of a pair of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .....rtl.memories import add_rom
from ..model import (
    LENGTH_FRAC,
    PLACE_BITS,
    RADIUS_BITS,
    ROOT_INDEX_BITS,
    SQUARE_BITS,
)
from ..tables import LOG_BITS, ROOT_BITS, log_table, octave_table, packed, root_table

LENGTH_BITS = LENGTH_FRAC + 4
STAGES = 10
# What a polynomial is found by: a leading one above the index and the place in the segment.
_LOG_BITS = 1 + 8 + PLACE_BITS
_ROOT_BITS = ROOT_INDEX_BITS + PLACE_BITS


class BoxMullerLength(wiring.Component):
    """sqrt(-2 ln u) of a random word w: u = (2w + 1) / 2^49.

    The word is shifted until its leading one is in front, in two steps; so is the logarithm, by
    pairs of bits. Each has a block RAM of polynomials, of degree 2 and 1.

    Timing: ten stages of registers. ``length`` is undefined until as many enabled clock edges after
    power-up or a reset.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    word : Signal(48), in
        w.
    length : Signal(22), out
        In steps of 2^-18.
    """

    def __init__(self) -> None:
        super().__init__({"en": In(1), "word": In(RADIUS_BITS), "length": Out(LENGTH_BITS)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.d.comb += self.length.eq(self._root(m, self._square(m)))
        return m

    def _square(self, m: Module) -> Value:
        """-2 ln u, five stages later."""
        odd = Cat(C(1, 1), self.word)
        normal, zeros = self._normalised(m, "word", odd, [(32, 16, 8), (4, 2, 1)], _LOG_BITS)
        table = packed(log_table(), LOG_BITS)
        index, place = normal[PLACE_BITS:-1], normal[:PLACE_BITS]
        row = add_rom(m, "logs", width=sum(LOG_BITS), contents=table, address=index, en=self.en)
        place, zeros = (self._registered(m, "log_place", place), self._registered(m, "z3", zeros))
        constant, slope, square = _split(row, LOG_BITS)
        steeper = (slope - ((square * place) >> PLACE_BITS))[: LOG_BITS[1]]
        held = {"slope": steeper, "place_4": place, "constant": constant, "z4": zeros}
        slope, place, constant, zeros = (self._registered(m, *item) for item in held.items())
        octave = _entry(octave_table(), zeros)
        total = octave + constant - ((slope * place) >> PLACE_BITS)
        # The highest bit of a square is always 0.
        return Cat(self._registered(m, "square", total[4 : 3 + SQUARE_BITS]), C(0, 1))

    def _root(self, m: Module, square: Value) -> Value:
        """The root, five stages later."""
        normal, pairs = self._normalised(m, "square", square, [(16, 8), (4, 2)], _ROOT_BITS)
        table = packed(root_table(), ROOT_BITS)
        row = add_rom(
            m,
            "roots",
            width=sum(ROOT_BITS),
            contents=table,
            address=normal[PLACE_BITS:],
            en=self.en,
        )
        place = self._registered(m, "root_place", normal[:PLACE_BITS])
        pairs = self._registered(m, "pairs_8", pairs)
        constant, slope = _split(row, ROOT_BITS)
        root = (constant + ((slope * place) >> PLACE_BITS))[: ROOT_BITS[0]]
        root, pairs = self._registered(m, "root", root), self._registered(m, "pairs_9", pairs)
        return self._registered(m, "shifted", Cat(C(0, 3), root) >> pairs)

    def _normalised(
        self, m: Module, name: str, value: Value, steps: Sequence[Sequence[int]], kept: int
    ) -> tuple[Value, Value]:
        """The highest bits of a value without its leading zeros, and how many steps were zero.

        Each group of shifts is a stage of registers. The smallest shift counts as one.
        """
        counted: list[Value] = []
        for stage, shifts in enumerate(steps):
            for shift in shifts:
                is_zero = value[-shift:] == 0
                value = Mux(is_zero, value << shift, value)[: len(value)]
                counted.insert(0, is_zero)
            # What comes into the bits that are kept by all shifts after these.
            beyond = sum(later for group in steps[stage + 1 :] for later in group)
            value = self._registered(m, f"{name}_normal_{stage}", value[-(kept + beyond) :])
            count = self._registered(m, f"{name}_zeros_{stage}", Cat(*counted))
            counted = [count[place] for place in range(len(count))]
        return value, Cat(*counted)

    def _registered(self, m: Module, name: str, value: Value) -> Value:
        """A value an enabled clock edge later."""
        register = Signal(len(value), name=name, reset_less=True)
        with m.If(self.en):
            m.d.sync += register.eq(value)
        return register


def _split(row: Value, bits: Sequence[int]) -> list[Value]:
    """The coefficients in a word of a table."""
    places = [sum(bits[:index]) for index in range(len(bits) + 1)]
    return [row[low:high] for low, high in pairwise(places)]


def _entry(table: Sequence[int], index: Value) -> Value:
    """The table's entry at an index: a look-up table for each of its bits."""
    columns = (
        sum((entry >> bit & 1) << place for place, entry in enumerate(table))
        for bit in range(max(table).bit_length())
    )
    return Cat(*(C(column, 1 << len(index)).bit_select(index, 1) for column in columns))
