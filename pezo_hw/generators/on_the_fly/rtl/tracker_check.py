"""Whether bits that are to enter the tracker are an LFSR's own."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import equals, linear_map
from ..parameters import OnTheFlyParameters


class TrackerCheck(wiring.Component):
    """Where the tracker will be when these bits have entered it, and whether it steps on the way.

    The first ceil(b / entry bits) entries make a state, whatever they are. Each later one must be
    what the step of the state before it makes anew.

    Timing: registers; an entry is taken at a clock edge with ``store`` high. ``clear`` wins over
    ``store`` and starts anew. Reset wins over both and does the same.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.

    Members
    -------
    clear, store : Signal(1), in
        See above.
    entering : Signal(entry bits), in
        The next entry.
    state : Signal(b), out
        The tracker after the entries so far; undefined until there are enough of them.
    strays : Signal(1), out
        Some entry was not the step's.
    """

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self.parameters = parameters
        super().__init__(
            {
                "clear": In(1),
                "store": In(1),
                "entering": In(parameters.entry_bits),
                "state": Out(parameters.width),
                "strays": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        parameters = self.parameters
        enough = -(-parameters.width // parameters.entry_bits)
        entries = Signal(range(enough + 1), name="entries")
        own = linear_map(parameters.lfsr.cycle_matrix, self.state)[: parameters.entry_bits]
        with m.If(self.clear):
            m.d.sync += [entries.eq(0), self.strays.eq(0)]
        with m.Elif(self.store):
            m.d.sync += self.state.eq(Cat(self.entering, self.state)[: parameters.width])
            with m.If(~equals(entries, enough)):
                m.d.sync += entries.eq(entries + 1)
            with m.Elif(self.entering != own):
                m.d.sync += self.strays.eq(1)
        return m
