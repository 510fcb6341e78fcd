"""The tile: from n positions to W lanes, and from LFSR states to mantissas; all of it wiring."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..parameters import OnTheFlyParameters


class Tile(wiring.Component):
    """Lane j shows position j mod n.

    Wiring alone, no logic, latency 0.

    Parameters
    ----------
    positions : int
        n >= 1.
    lanes : int
        W >= 1.
    width : int
        Bits of a number.

    Members
    -------
    words : Signal(n * width), in
        The number of each position, position 0 lowest.
    lanes : Signal(W * width), out
        The number of each lane, lane 0 lowest.
    """

    def __init__(self, positions: int, lanes: int, width: int) -> None:
        self.count = positions
        self.width = width
        super().__init__({"words": In(positions * width), "lanes": Out(lanes * width)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        lanes = (
            self.words.word_select(lane % self.count, self.width)
            for lane in range(len(self.lanes) // self.width)
        )
        m.d.comb += self.lanes.eq(Cat(*lanes))
        return m


def mantissas_of(positions: Value, parameters: OnTheFlyParameters) -> Value:
    """The mantissa of each of n states, position 0 lowest.

    A twos-complement mantissa is the state itself; a midrise mantissa, 2 * state + 1, is the state
    with a constant one below it.
    """
    if parameters.format != "midrise":
        return positions
    width = parameters.width
    states = (positions.word_select(position, width) for position in range(parameters.rngs))
    return Cat(*(Cat(C(1, 1), state) for state in states))
