"""Loads another start, or other seeds with their table, if any, into an on-the-fly core."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import equals
from ....rtl.memories import WriteSignature
from ....rtl.split_counter import add_event_count
from ...replay.rtl.load_sequencer import LoadSequencer
from ...replay.rtl.load_signature import LoadSignature
from ..parameters import OnTheFlyParameters
from .load_window import LoadWindow
from .rewinding_core import RewindingOnTheFlyCore


class OnTheFlyLoader(wiring.Component):
    """A load on the fly is a rewind whose words come from a `LoadWindow` instead of the history.

    Timing: that of `LoadSequencer`. ``needed`` is high from the first word of a table that is taken
    until that load is done; after a reset it is high again once a table has ever been written,
    since the seeds are then those built in, and the table is not. Where there is no table, seeds
    are loaded as a start is, and ``needed`` stays low.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.
    has_contents : bool
        Whether seeds and table can be loaded, or only another start.

    Members
    -------
    load : LoadSignature, in
        See there.
    idle : Signal(1), in
        The core shows a beat, and no command is under way.
    hold : Signal(1), out
        No command may be taken.
    rewind : Signal(1), out
        The core is to go back, to what is loaded.
    feeding : Signal(1), out
        High from the cycle after ``rewind`` until the core shows a beat: ``entry`` enters.
    entry : Signal(b + entry bits), out
        The word for the core's ring and tracker, in place of the one from its history.
    write : WriteSignature, out
        To the scale table; only where there is one, and contents can be loaded.
    """

    def __init__(self, parameters: OnTheFlyParameters, *, has_contents: bool) -> None:
        self.parameters = parameters
        self.has_contents = has_contents
        self.writes_table = has_contents and parameters.has_table
        entry = parameters.width + parameters.entry_bits
        write = WriteSignature(parameters.width, parameters.scaling.code_bits)
        super().__init__(
            {
                "load": In(LoadSignature()),
                "idle": In(1),
                "hold": Out(1),
                "rewind": Out(1),
                "feeding": Out(1),
                "entry": Out(entry),
                **({"write": Out(write)} if self.writes_table else {}),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.window = window = LoadWindow(self.parameters)
        m.submodules.sequencer = sequencer = LoadSequencer(
            has_contents=self.has_contents,
            stores=self.writes_table,
            word_bits=self.parameters.load_word_bits,
        )
        wiring.connect(m, wiring.flipped(self.load), sequencer.load)
        with m.If(sequencer.apply):
            m.d.sync += self.feeding.eq(1)
        with m.Elif(self.idle):
            m.d.sync += self.feeding.eq(0)
        m.d.comb += [
            window.clear.eq(sequencer.clear),
            window.store.eq(sequencer.stage),
            window.word.eq(self.load.data.payload),
            window.feed.eq(self.feeding),
            sequencer.idle.eq(self.idle),
            sequencer.checked.eq(window.checked),
            sequencer.acceptable.eq(window.acceptable),
            self.entry.eq(window.entry),
            self.rewind.eq(sequencer.apply),
        ]
        if self.writes_table:
            self._write_table(m, sequencer, window)
        else:
            m.d.comb += [sequencer.last.eq(window.last), self.hold.eq(sequencer.hold)]
        return m

    def _write_table(self, m: Module, sequencer: LoadSequencer, window: LoadWindow) -> None:
        bits = self.parameters.width
        address = add_event_count(
            m, "address", bits=bits, event=sequencer.store, clear=sequencer.clear
        )
        is_last = Signal(name="is_last")
        overwritten = Signal(name="overwritten", reset_less=True)
        table_valid = Signal(name="table_valid")
        with m.If(sequencer.store):
            m.d.sync += [overwritten.eq(1), table_valid.eq(0)]
            m.d.sync += is_last.eq(equals(address, (1 << bits) - 2))
        with m.Elif(sequencer.finished & sequencer.of_contents):
            m.d.sync += table_valid.eq(1)
        with m.If(sequencer.clear):
            m.d.sync += is_last.eq(0)
        m.d.comb += [
            self.write.address.eq(address),
            self.write.data.eq(self.load.data.payload),
            self.write.en.eq(sequencer.store),
            sequencer.last.eq(window.last | is_last),
            sequencer.needed.eq(overwritten & ~table_valid),
            self.hold.eq(sequencer.hold | sequencer.needed),
        ]

    def connect_to(self, m: Module, core: RewindingOnTheFlyCore) -> None:
        """In the module that holds both: what enters the core, and its table."""
        m.d.comb += [core.loading.eq(self.feeding), core.loaded.eq(self.entry)]
        if self.writes_table:
            wiring.connect(m, self.write, core.write)
