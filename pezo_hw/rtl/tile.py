"""The tile: from n positions to W lanes."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..parameters import OnTheFlyParameters


class Tile(wiring.Component):
    """Lane j shows position j mod n as a mantissa.

    Wiring alone, no logic, latency 0: a twos-complement mantissa is the state itself, a midrise
    mantissa (2 * state + 1) the state with a constant one below it.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        Numbers of positions and lanes, width and format.

    Members
    -------
    positions : Signal(n * b), in
        The state of each position, position 0 lowest.
    mantissa : Signal(W * mantissa bits), out
        The mantissa of each lane, lane 0 lowest.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        super().__init__(
            {
                "positions": In(parameters.rngs * parameters.width),
                "mantissa": Out(parameters.lanes * parameters.fixed_point.bits),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        width, n = self.parameters.width, self.parameters.rngs
        half = [C(1, 1)] if self.parameters.format == "midrise" else []
        lanes = [
            Cat(*half, self.positions.word_select(lane % n, width))
            for lane in range(self.parameters.lanes)
        ]
        m.d.comb += self.mantissa.eq(Cat(*lanes))
        return m
