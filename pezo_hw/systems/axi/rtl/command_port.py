"""From the registers BEATS, UNUSED and COMMAND to a command."""

from __future__ import annotations

from amaranth.hdl import C, Module, Signal, Value
from amaranth.lib import data, stream, wiring
from amaranth.lib.wiring import In, Out

from ...replay.parameters import ReplayParameters
from ..parameters import DATA_BITS, UNUSED_BITS


class CommandPort(wiring.Component):
    """Hands a command on in the cycle in which it is written, or drops it.

    Timing: ``beats`` and ``unused`` must have been stable for a clock cycle when ``write`` is high,
    which they are behind a bus that writes one register at a time. With ``write`` high,
    ``command.valid`` is high in the same cycle if both are in range, and ``dropped`` is high if one
    is not, or if ``command.ready`` is low. Nothing waits: a command that is not taken is gone.

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
        less_one = Signal(DATA_BITS + 1, name="less_one")
        counted = Signal(kept, name="counted", reset_less=True)
        countable = Signal(name="countable", reset_less=True)
        in_range: Value = countable
        if self.replay.unused_bits:
            below_lanes = Signal(name="below_lanes", reset_less=True)
            most = C(self.replay.plan.most_unused, UNUSED_BITS)
            m.d.sync += below_lanes.eq(self.unused <= most)
            m.d.comb += command.payload.unused.eq(self.unused[: self.replay.unused_bits])
            in_range = countable & below_lanes
        # The subtraction has a cycle of its own: it ends in front of the engine's counter.
        m.d.comb += less_one.eq(self.beats - 1)
        m.d.sync += [counted.eq(less_one[:kept]), countable.eq(~less_one[kept:].any())]
        m.d.comb += [
            length.eq(counted),
            command.payload.replay.eq(self.again),
            command.valid.eq(self.write & in_range),
            self.dropped.eq(self.write & ~(in_range & command.ready)),
        ]
        return m
