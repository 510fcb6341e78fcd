"""From the registers BEATS, UNUSED and COMMAND to a command."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value
from amaranth.lib import data, stream, wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import equals
from ...replay.parameters import ReplayParameters
from ..parameters import DATA_BITS, UNUSED_BITS

# A bit of a part depends on itself, the four below it at most, and what is borrowed: six inputs.
_PART = 5


class CommandPort(wiring.Component):
    """Hands a command on in the cycle in which it is written, or drops it.

    A command has its number of beats less one, and a subtraction of 32 bits is a long chain. So it
    is cut into parts of five bits: which of them are 0, and so borrow, is one clock cycle's work,
    and each part less what is borrowed from it the next one's.

    Timing: ``beats`` must have been stable for two clock cycles when ``write`` is high, and
    ``unused`` for one, which they are behind a bus that writes one register at a time. With
    ``write`` high, ``command.valid`` is high in the same cycle if both are in range, and
    ``dropped`` is high if one is not, or if ``command.ready`` is low. Nothing waits: a command
    that is not taken is gone.

    Parameters
    ----------
    replay : ReplayParameters
        How far a command counts.

    Members
    -------
    write, again : Signal(1), in
        A command is written; whether it is one to replay.
    beats : Signal(32), in
        How many beats it asks for: 1 to 2^count_bits.
    unused : Signal(16), in
        How many numbers of the last one are unused, below the number of lanes; only where the
        engine knows of them.
    command : stream.Signature(StructLayout), out
        As `ReplaySequencer` takes it.
    dropped : Signal(1), out
        See above.
    """

    def __init__(self, replay: ReplayParameters) -> None:
        self.replay = replay
        layout = data.StructLayout(replay.command_fields)
        super().__init__(
            {
                "write": In(1),
                "again": In(1),
                "beats": In(DATA_BITS),
                **({"unused": In(UNUSED_BITS)} if replay.unused_bits else {}),
                "command": Out(stream.Signature(layout)),
                "dropped": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        command = self.command
        length = command.payload.length
        kept = min(len(length), DATA_BITS)
        counted = Signal(kept, name="counted", reset_less=True)
        countable = Signal(name="countable", reset_less=True)
        in_range: Value = countable
        if self.replay.unused_bits:
            below_lanes = Signal(name="below_lanes", reset_less=True)
            most = C(self.replay.plan.most_unused, UNUSED_BITS)
            m.d.sync += below_lanes.eq(self.unused <= most)
            m.d.comb += command.payload.unused.eq(self.unused[: self.replay.unused_bits])
            in_range = countable & below_lanes
        borrows = self._borrows(m, kept)
        less_one = (
            _less(part, borrow) for part, borrow in zip(self._parts(kept), borrows, strict=False)
        )
        above = self.beats[kept:]
        # Where everything below borrows, this is 2^kept, or 0, or a multiple that is too much.
        allowed = Mux(borrows[-1], equals(above, 1) if len(above) else 0, ~above.any())
        m.d.sync += [counted.eq(Cat(*less_one)), countable.eq(allowed)]
        m.d.comb += [
            length.eq(counted),
            command.payload.replay.eq(self.again),
            command.valid.eq(self.write & in_range),
            self.dropped.eq(self.write & ~(in_range & command.ready)),
        ]
        return m

    def _parts(self, kept: int) -> list[Value]:
        """The bits of ``beats`` that are counted, cut into parts, the lowest first."""
        counted = self.beats[:kept]
        return [counted[start : start + _PART] for start in range(0, kept, _PART)]

    def _borrows(self, m: Module, kept: int) -> list[Value]:
        """Whether something is borrowed from each part, and from what lies above them all."""
        parts = self._parts(kept)
        empty = Signal(len(parts), name="empty", reset_less=True)
        m.d.sync += empty.eq(Cat(~part.any() for part in parts))
        return [empty[:below].all() for below in range(len(parts) + 1)]


def _less(part: Value, borrow: Value) -> Value:
    """A part, or one less: each bit is toggled where all below it are 0."""
    return Cat(*(part[bit] ^ (borrow & ~part[:bit].any()) for bit in range(len(part))))
