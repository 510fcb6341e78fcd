"""Gathers the numbers of a row into groups that a block RAM takes at once."""

from __future__ import annotations

from dataclasses import dataclass

from amaranth.hdl import Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import equals
from ....rtl.memories import WriteSignature
from ..parameters import PreGeneratedParameters

# An 18 Kbit block RAM with a read and a write port is at most so wide.
_BLOCK_BITS = 36


@dataclass(frozen=True, kw_only=True)
class RowGroups:
    """How a row is cut into memories of their own, so that each can be written alone.

    As many numbers as fit 36 bits make a group: the block RAMs are then as many as without a write
    port, up to what a number that does not divide 36 wastes.

    Attributes
    ----------
    lanes, width : int
        Numbers of a row, bits of a number.
    """

    lanes: int
    width: int

    @classmethod
    def of(cls, parameters: PreGeneratedParameters) -> RowGroups:
        """The groups of a pool's rows."""
        return cls(lanes=parameters.lanes, width=parameters.width)

    @property
    def size(self) -> int:
        """Numbers of a group, except that the last may have fewer."""
        return min(self.lanes, max(1, _BLOCK_BITS // self.width))

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of each group."""
        starts = range(0, self.lanes, self.size)
        return tuple(min(self.size, self.lanes - start) for start in starts)

    def cut(self, word: int) -> list[int]:
        """The part of a row's word that each group holds."""
        parts = []
        for size in self.sizes:
            bits = size * self.width
            parts.append(word & ((1 << bits) - 1))
            word >>= bits
        return parts


class RowWriter(wiring.Component):
    """Writes a row that comes number by number, lane 0 first, group by group.

    Timing: a number is taken at a clock edge with ``store`` high; at the edge that takes a group's
    last one, the group is written. ``last`` is high while the row's last number is next. ``clear``
    wins and starts a row anew; reset wins over both and does the same.

    Parameters
    ----------
    groups : RowGroups
        How the row is cut.
    address_bits : int
        Bits of a row's address.

    Members
    -------
    clear, store : Signal(1), in
        See above.
    address : Signal(address_bits), in
        Of the row; it must stay while numbers come.
    number : Signal(width), in
        The next number.
    last : Signal(1), out
        See above.
    writes : list of WriteSignature, out
        One for each group, ``group_0`` and so on.
    """

    def __init__(self, groups: RowGroups, address_bits: int) -> None:
        self.groups = groups
        writes = row_write_members(groups, address_bits)
        super().__init__(
            {
                "clear": In(1),
                "store": In(1),
                "address": In(address_bits),
                "number": In(groups.width),
                "last": Out(1),
                "writes": Out(wiring.Signature(writes)),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        size, sizes, width = self.groups.size, self.groups.sizes, self.groups.width
        slot = Signal(range(size), name="slot")
        group = Signal(range(len(sizes)), name="group")
        complete = Signal(name="complete")
        m.d.comb += [
            self.last.eq(equals(group, len(sizes) - 1) & equals(slot, sizes[-1] - 1)),
            complete.eq(equals(slot, size - 1) | self.last),
        ]
        with m.If(self.clear | (self.store & self.last)):
            m.d.sync += [slot.eq(0), group.eq(0)]
        with m.Elif(self.store & complete):
            m.d.sync += [slot.eq(0), group.eq(group + 1)]
        with m.Elif(self.store):
            m.d.sync += slot.eq(slot + 1)
        row = self._gathered(m)
        for index, count in enumerate(sizes):
            write = getattr(self.writes, f"group_{index}")
            m.d.comb += [
                write.address.eq(self.address),
                write.data.eq(row[(size - count) * width :]),
                write.en.eq(self.store & complete & equals(group, index)),
            ]
        return m

    def _gathered(self, m: Module) -> Value:
        """The last numbers, this one highest; a register keeps those before it."""
        earlier = Signal((self.groups.size - 1) * self.groups.width, name="earlier")
        row = Cat(earlier, self.number)
        with m.If(self.store):
            m.d.sync += earlier.eq(row[self.groups.width :])
        return row


def row_write_members(groups: RowGroups, address_bits: int) -> dict[str, wiring.Member]:
    """What writes each group, by name."""
    return {
        f"group_{index}": Out(WriteSignature(address_bits, size * groups.width))
        for index, size in enumerate(groups.sizes)
    }
