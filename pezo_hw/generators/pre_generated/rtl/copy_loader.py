"""Loads another start, or another pool, into a pre-generated core that reads copies."""

from __future__ import annotations

from amaranth.hdl import C, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ...replay.rtl.load_sequencer import LoadSequencer
from ...replay.rtl.load_signature import LoadSignature
from ..parameters import PreGeneratedParameters
from .copy_writer import CopyWriter, copy_write_members
from .rewinding_core import RewindingPreGeneratedCore


class CopyLoader(wiring.Component):
    """A load begins with the address of a start; a load of contents has all numbers next.

    An address is acceptable where a number lies there: any but 0 where it is an LFSR's state, and
    any below N elsewhere.

    Timing: that of `LoadSequencer`; an address is checked in one cycle. The copies are written as
    the numbers come, the last of them up to C cycles later, for which the second check waits.
    ``needed`` is high from the first number that is taken until a load of contents is done, and
    has no reset.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        The pool.
    has_contents : bool
        Whether its numbers can be loaded, or only where to start.

    Members
    -------
    load : LoadSignature, in
        See there.
    idle : Signal(1), in
        The core shows a beat, and no command is under way.
    hold : Signal(1), out
        No command may be taken.
    rewind : Signal(1), out
        The core is to go to ``address``.
    address : Signal(address bits), out
        The start of the load.
    write_jump, write_back, writes : out
        To the core, see `CopyReader`; only where contents can be loaded.
    """

    def __init__(self, parameters: PreGeneratedParameters, *, has_contents: bool) -> None:
        self.parameters = parameters
        self.has_contents = has_contents
        members = {
            "load": In(LoadSignature()),
            "idle": In(1),
            "hold": Out(1),
            "rewind": Out(1),
            "address": Out(parameters.address_bits),
        }
        if has_contents:
            writes = copy_write_members(parameters.copies, parameters.width)
            members |= {"write_jump": Out(1), "write_back": Out(1)}
            members |= {"writes": Out(wiring.Signature(writes))}
        super().__init__(members)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.sequencer = sequencer = LoadSequencer(
            has_contents=self.has_contents, word_bits=self.parameters.load_word_bits
        )
        wiring.connect(m, wiring.flipped(self.load), sequencer.load)
        exceeds = Signal(name="exceeds")
        payload, bits = self.load.data.payload, len(self.address)
        with m.If(sequencer.stage):
            m.d.sync += [self.address.eq(payload), exceeds.eq(payload[bits:].any())]
        m.d.comb += [
            sequencer.idle.eq(self.idle),
            sequencer.acceptable.eq(self._in_range() & ~exceeds),
            self.hold.eq(sequencer.hold | sequencer.needed),
            self.rewind.eq(sequencer.apply),
        ]
        if self.has_contents:
            self._write(m, sequencer)
        else:
            m.d.comb += [sequencer.checked.eq(1), sequencer.last.eq(1)]
        return m

    def connect_to(self, m: Module, core: RewindingPreGeneratedCore) -> None:
        """In the module that holds both: where the core goes, and its copies."""
        m.d.comb += [core.jump.eq(self.rewind), core.load_address.eq(self.address)]
        if self.has_contents:
            m.d.comb += core.write_jump.eq(self.write_jump)
            m.d.comb += core.write_back.eq(self.write_back)
            wiring.connect(m, self.writes, core.writes)

    def _in_range(self) -> Value:
        order = self.parameters.copies.order
        if order.is_linear:
            return self.address.any()
        if order.pool == 1 << order.bits:
            return C(1)
        return self.address < C(order.pool, order.bits)

    def _write(self, m: Module, sequencer: LoadSequencer) -> None:
        """The pool's numbers, and that there is no whole pool from the first of them on."""
        m.submodules.writer = writer = CopyWriter(self.parameters.copies, self.parameters.width)
        incomplete = Signal(name="incomplete", reset_less=True)
        with m.If(sequencer.store):
            m.d.sync += incomplete.eq(1)
        with m.Elif(sequencer.finished & sequencer.of_contents):
            m.d.sync += incomplete.eq(0)
        m.d.comb += [
            writer.clear.eq(sequencer.clear),
            writer.store.eq(sequencer.store),
            writer.number.eq(self.load.data.payload),
            sequencer.needed.eq(incomplete),
            sequencer.checked.eq(~writer.draining),
            sequencer.last.eq(~sequencer.hold | writer.last),
            self.write_jump.eq(writer.jump),
            self.write_back.eq(writer.back),
        ]
        wiring.connect(m, writer.writes, wiring.flipped(self.writes))
