"""The pre-generated core that can go back to where a perturbation began."""

from __future__ import annotations

from amaranth.hdl import Module, ResetInserter
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.fill_counter import FillCounter
from ...replay.options import SystemOptions
from ..parameters import PreGeneratedParameters
from .pool_reader import PoolReader, load_members


class RewindingPreGeneratedCore(wiring.Component):
    """The beats of `PreGeneratedCore`, and a way back: the pool is read from an address once more.

    Timing: ``valid`` is low for one clock cycle after a reset, and after ``rewind``. A beat is
    taken at a clock edge where ``take`` is high, which needs ``valid``. ``mark`` marks the beat
    shown, reset cycle 0; ``rewind`` (high while ``valid`` is, and ``take`` and ``mark`` are low)
    goes back to the beat marked. Until ``take`` the output keeps its value. Reset (synchronous)
    wins over everything. ``mantissa`` is undefined while ``valid`` is low.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool; ``leftover`` must be ``"row"``.
    options : SystemOptions
        What can be loaded.

    Members
    -------
    take, mark, rewind : Signal(1), in
        See above.
    valid, mantissa : out
        Those of `PreGeneratedCore`.
    moves, target, stays, writes : in
        Those of `PoolReader`.
    """

    def __init__(self, parameters: PreGeneratedParameters, options: SystemOptions) -> None:
        self.parameters = parameters
        self.options = options
        self.reader = PoolReader(self.parameters, rewinds=True, options=options)
        controls = {name: In(1) for name in ("take", "mark", "rewind")}
        mantissa = Out(self.parameters.lanes * self.parameters.width)
        loads = load_members(parameters, options)
        super().__init__({**controls, "valid": Out(1), "mantissa": mantissa, **loads})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.reader = reader = self.reader
        fill = FillCounter(self.parameters.latency)
        m.submodules.fill = ResetInserter(self.rewind)(fill)
        en = ~fill.valid | self.take
        m.d.comb += [part.en.eq(en) for part in (reader, fill)]
        m.d.comb += [
            reader.mark.eq(self.mark),
            reader.rewind.eq(self.rewind),
            self.mantissa.eq(reader.mantissa),
            self.valid.eq(fill.valid),
        ]
        if self.options.loads:
            m.d.comb += [reader.moves.eq(self.moves), reader.target.eq(self.target)]
        if self.options.loads_contents:
            m.d.comb += reader.stays.eq(self.stays)
            wiring.connect(m, wiring.flipped(self.writes), reader.writes)
        return m
