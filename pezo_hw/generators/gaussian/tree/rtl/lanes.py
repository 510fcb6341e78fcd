"""What lanes make of their random words, all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..levels import LEVELS, Level

DEPTH = len(LEVELS)


class TreeLanes(wiring.Component):
    """Numbers of several lanes, from random words for each of their bits: logic alone.

    All comparators of a level decide at once, and the bits before it choose one of them, as in the
    published example. The comparators are those of the half with the sign bit 0; for the other half
    stand their inverses in the opposite order.

    Words and numbers lie *bit by bit*: first the lowest bits of all lanes, lane 0 lowest, then the
    next ones. So a gate is one for all lanes, in Verilog and in a simulator.

    Parameters
    ----------
    lanes : int
        n, how many.

    Members
    -------
    bit_7 : Signal(n), in
        The highest bits of the sign's registers.
    word_6 ... word_0 : Signal, in
        The random words of the other bits, n times as wide as `LEVELS` says.
    samples : Signal(8 * n), out
        s in two's complement: value = (2s + 1) / 64.
    """

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        words = {
            f"word_{DEPTH - 1 - depth}": In(lanes * level.width)
            for depth, level in enumerate(LEVELS)
        }
        super().__init__({"bit_7": In(lanes), **words, "samples": Out(lanes * (1 + DEPTH))})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        path: list[Value] = [self.bit_7]
        for depth, level in enumerate(LEVELS):
            place = DEPTH - 1 - depth
            word = getattr(self, f"word_{place}")
            planes = [word.word_select(bit, self.lanes) for bit in range(level.width)]
            bit = Signal(self.lanes, name=f"bit_{place}")
            m.d.comb += bit.eq(_chosen(path[: 1 + level.prefix], _nodes(level, planes)))
            path.append(bit)
        m.d.comb += self.samples.eq(Cat(*reversed(path[1:]), ~path[0]))
        return m


def _nodes(level: Level, planes: Sequence[Value]) -> list[Value]:
    """The bits at each node, those of the half with the sign 0 first."""
    nodes = [_at_least(planes, threshold) for threshold in level.thresholds]
    nodes += [~planes[0]] if level.halved else []
    return [*nodes, *(~node for node in reversed(nodes))]


def _at_least(planes: Sequence[Value], threshold: int) -> Value:
    """Whether each word is at least as large, from its lowest bit up."""
    result: Value = C(-1, len(planes[0]))
    for bit, plane in enumerate(planes):
        result = plane & result if threshold >> bit & 1 else plane | result
    return result


def _chosen(path: Sequence[Value], nodes: Sequence[Value]) -> Value:
    """The node that each lane's path leads to, its first bit the most significant."""
    if not path:
        return nodes[0]
    half = len(nodes) // 2
    lower, upper = _chosen(path[1:], nodes[:half]), _chosen(path[1:], nodes[half:])
    return (path[0] & upper) | (~path[0] & lower)
