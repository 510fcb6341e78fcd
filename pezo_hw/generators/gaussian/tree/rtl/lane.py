"""What one lane makes of its random words."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..levels import LEVELS, SIGN_WIDTH, Level


class TreeLane(wiring.Component):
    """A number from a random word for each of its bits: logic alone, the same in every lane.

    All comparators of a level decide at once, and the bits before it choose one of them, as in the
    published example. The comparators are those of the half with the sign bit 0; for the other half
    stand their inverses in the opposite order.

    Members
    -------
    sign_word : Signal(8), in
        The random number of bit 7.
    word_6 ... word_0 : Signal, in
        Those of the other bits, as wide as `LEVELS` says.
    sample : Signal(8), out
        s in two's complement: value = (2s + 1) / 64.
    """

    def __init__(self) -> None:
        words = {
            f"word_{self._bit(depth)}": In(LEVELS[depth].width) for depth in range(len(LEVELS))
        }
        super().__init__({"sign_word": In(SIGN_WIDTH), **words, "sample": Out(len(LEVELS) + 1)})

    @staticmethod
    def _bit(depth: int) -> int:
        return len(LEVELS) - 1 - depth

    def elaborate(self, platform: object) -> Module:
        m = Module()
        path: list[Value] = [Signal(name="bit_7")]
        m.d.comb += path[0].eq(self.sign_word[-1])
        for depth, level in enumerate(LEVELS):
            word = getattr(self, f"word_{self._bit(depth)}")
            bit = Signal(name=f"bit_{self._bit(depth)}")
            m.d.comb += bit.eq(_chosen(path[: 1 + level.prefix], _nodes(level, word)))
            path.append(bit)
        m.d.comb += self.sample.eq(Cat(*reversed(path[1:]), ~path[0]))
        return m


def _nodes(level: Level, word: Value) -> list[Value]:
    """The bit at each node, those of the half with the sign 0 first.

    Written as "not less": Yosys makes a fifth more look-up tables of the same as ``>=``.
    """
    nodes = [~(word < threshold) for threshold in level.thresholds]
    nodes += [~word[0]] if level.halved else []
    return [*nodes, *(~node for node in reversed(nodes))]


def _chosen(path: Sequence[Value], nodes: Sequence[Value]) -> Value:
    """The node that the path leads to, its first bit the most significant."""
    if not path:
        return nodes[0]
    half = len(nodes) // 2
    return Mux(path[0], _chosen(path[1:], nodes[half:]), _chosen(path[1:], nodes[:half]))
