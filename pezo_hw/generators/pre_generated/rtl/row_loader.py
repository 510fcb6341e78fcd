"""Loads another start row, or new rows, into a pre-generated core."""

from __future__ import annotations

from amaranth.hdl import C, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ...replay.rtl.load_sequencer import LoadSequencer
from ...replay.rtl.load_signature import LoadSignature
from ..parameters import PreGeneratedParameters
from .rewinding_core import RewindingPreGeneratedCore
from .row_writer import RowGroups, RowWriter, row_write_members


class RowLoader(wiring.Component):
    """A load of the pool begins with the address of a row; a load of contents has its numbers next.

    An address is acceptable where each of its fields is below its modulus and no bit is set above
    them. While a row is written in part, only that row's contents can be loaded.

    Timing: that of `LoadSequencer`; an address is checked in one cycle. A row is written as its
    numbers come; the core then reads the row that it shows anew, since it may be this one.
    ``needed`` is high from the first number that is taken until that load is done, and has no
    reset.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool.
    has_contents : bool
        Whether rows can be loaded, or only where to start.

    Members
    -------
    load : LoadSignature, in
        See there.
    idle : Signal(1), in
        The core shows a beat, and no command is under way.
    hold : Signal(1), out
        No command may be taken.
    rewind : Signal(1), out
        The core is to go to the row at ``address``, or, with ``reread``, to read its row anew.
    reread : Signal(1), out
        See above.
    address : Signal(address bits), out
        The row of the load.
    writes : Signature, out
        To the pool's groups, see `RowWriter`; only where contents can be loaded.
    """

    def __init__(self, parameters: PreGeneratedParameters, *, has_contents: bool) -> None:
        self.parameters = parameters
        self.has_contents = has_contents
        bits = parameters.address_sequence.address_bits
        writes = wiring.Signature(row_write_members(RowGroups.of(parameters), bits))
        super().__init__(
            {
                "load": In(LoadSignature()),
                "idle": In(1),
                "hold": Out(1),
                "rewind": Out(1),
                "reread": Out(1),
                "address": Out(bits),
                **({"writes": Out(writes)} if has_contents else {}),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.sequencer = sequencer = LoadSequencer(
            has_contents=self.has_contents, word_bits=self.parameters.load_word_bits
        )
        wiring.connect(m, wiring.flipped(self.load), sequencer.load)
        exceeds = Signal(name="exceeds")
        exists = Signal(name="exists")
        payload, bits = self.load.data.payload, len(self.address)
        with m.If(sequencer.stage):
            m.d.sync += [self.address.eq(payload), exceeds.eq(payload[bits:].any())]
        m.d.comb += [
            sequencer.idle.eq(self.idle),
            sequencer.checked.eq(1),
            exists.eq(self._in_range() & ~exceeds),
            self.hold.eq(sequencer.hold | sequencer.needed),
            self.rewind.eq(sequencer.apply),
            self.reread.eq(sequencer.of_contents),
        ]
        if self.has_contents:
            self._write(m, sequencer, exists)
        else:
            m.d.comb += [sequencer.acceptable.eq(exists), sequencer.last.eq(1)]
        return m

    def connect_to(self, m: Module, core: RewindingPreGeneratedCore) -> None:
        """In the module that holds both: where the core goes, and its rows."""
        m.d.comb += [core.jump.eq(self.rewind & ~self.reread), core.load_address.eq(self.address)]
        if self.has_contents:
            m.d.comb += core.reread.eq(self.rewind & self.reread)
            wiring.connect(m, self.writes, core.writes)

    def _in_range(self) -> Value:
        sequence = self.parameters.address_sequence
        in_range: Value = C(1)
        low = 0
        for modulus, bits in zip(sequence.moduli, sequence.field_bits, strict=True):
            if modulus < 1 << bits:
                in_range = in_range & (self.address[low : low + bits] < C(modulus, bits))
            low += bits
        return in_range

    def _write(self, m: Module, sequencer: LoadSequencer, exists: Signal) -> None:
        """The row's numbers, and what is left of a load that was given up among them."""
        m.submodules.writer = writer = RowWriter(RowGroups.of(self.parameters), len(self.address))
        incomplete = Signal(name="incomplete", reset_less=True)
        incomplete_row = Signal(len(self.address), name="incomplete_row", reset_less=True)
        with m.If(sequencer.store):
            m.d.sync += [incomplete.eq(1), incomplete_row.eq(self.address)]
        with m.Elif(sequencer.finished & sequencer.of_contents):
            m.d.sync += incomplete.eq(0)
        others = sequencer.of_contents & incomplete & (self.address != incomplete_row)
        m.d.comb += [
            writer.clear.eq(sequencer.clear),
            writer.store.eq(sequencer.store),
            writer.address.eq(self.address),
            writer.number.eq(self.load.data.payload),
            sequencer.needed.eq(incomplete),
            sequencer.acceptable.eq(exists & ~others),
            sequencer.last.eq(~sequencer.hold | writer.last),
        ]
        wiring.connect(m, writer.writes, wiring.flipped(self.writes))
