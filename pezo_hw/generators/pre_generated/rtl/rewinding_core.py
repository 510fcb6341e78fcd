"""The pre-generated core that can go back to where a perturbation began."""

from __future__ import annotations

from amaranth.hdl import C, Module, ResetInserter, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.fill_counter import FillCounter
from ...replay.options import SystemOptions
from ..parameters import PreGeneratedParameters
from .copy_reader import CopyReader, copy_members
from .pool_reader import PoolReader, row_members

# What the reader does when a command's last beat is taken; no core has both.
_AT_THE_END = ("back", "draw")


class RewindingPreGeneratedCore(wiring.Component):
    """The beats of `PreGeneratedCore`, and a way back: the pool is read from an address once more.

    Timing: ``valid`` is low for one clock cycle after a reset, and after ``rewind``. A beat is
    taken at a clock edge where ``take`` is high, which needs ``valid``. ``mark`` marks the beat
    shown, reset cycle 0; ``rewind`` (high while ``valid`` is, and ``take`` and ``mark`` are low)
    goes back to the beat marked. Until ``take`` the output keeps its value. Reset (synchronous)
    wins over everything. ``mantissa`` is undefined while ``valid`` is low.

    Where the next perturbation starts with a number that is left over, ``last`` with ``take`` ends
    one, and the beat shown next begins ``unused`` numbers earlier than it would. It is read in the
    cycle after, in which ``mantissa`` is undefined and ``take`` must be low; ``mark`` then marks
    the beat that is shown next. So a command costs no cycle more.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool.
    options : SystemOptions
        What can be loaded.

    Members
    -------
    take, mark, rewind : Signal(1), in
        See above.
    last, unused : Signal, in
        With leftover ``"number"`` only: see above. With drawn starts there is ``last`` alone, and
        the beat shown next is that of the next start.
    valid, mantissa : out
        Those of `PreGeneratedCore`.
    jump, load_address, writes and others : in
        Those of `PoolReader` or `CopyReader`.
    """

    def __init__(self, parameters: PreGeneratedParameters, options: SystemOptions) -> None:
        self.parameters = parameters
        self.options = options
        reader = PoolReader if parameters.stores_rows else CopyReader
        self.reader = reader(parameters, rewinds=True, options=options)
        members = row_members if parameters.stores_rows else copy_members
        self._passed_on = members(parameters, options)
        pins = dict(self._passed_on)
        if pins.keys() & set(_AT_THE_END):
            pins["last"] = In(1)
        for name in _AT_THE_END:
            pins.pop(name, None)
        controls = {name: In(1) for name in ("take", "mark", "rewind")}
        mantissa = Out(parameters.lanes * parameters.width)
        super().__init__({**controls, "valid": Out(1), "mantissa": mantissa, **pins})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.reader = reader = self.reader
        fill = FillCounter(self.parameters.latency)
        m.submodules.fill = ResetInserter(self.rewind)(fill)
        en = ~fill.valid | self.take | self._go_back(m)
        m.d.comb += [part.en.eq(en) for part in (reader, fill)]
        m.d.comb += [
            reader.mark.eq(self.mark),
            reader.rewind.eq(self.rewind),
            self.mantissa.eq(reader.mantissa),
            self.valid.eq(fill.valid),
        ]
        for name in self._passed_on:
            if name == "writes":
                wiring.connect(m, wiring.flipped(self.writes), reader.writes)
            elif name not in _AT_THE_END:
                m.d.comb += getattr(reader, name).eq(getattr(self, name))
        return m

    def _go_back(self, m: Module) -> Value:
        """To where the next command starts; whether what is there is read in this cycle."""
        ends = [name for name in _AT_THE_END if name in self._passed_on]
        if not ends:
            return C(0)
        gone_back = Signal(name="gone_back")
        at_end = getattr(self.reader, ends[0])
        m.d.comb += at_end.eq(self.take & self.last)
        m.d.sync += gone_back.eq(at_end)
        return gone_back
