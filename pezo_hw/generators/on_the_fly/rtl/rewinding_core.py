"""The on-the-fly core that can go back to where a perturbation began."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Mux, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....numbers.beat_layout import BeatLayout
from ....rtl.memories import WriteSignature
from ...replay.options import SystemOptions
from ..history_window import HistoryWindow
from ..parameters import OnTheFlyParameters
from .history import History
from .lfsr_bank import LFSRBank
from .lockstep_check import LockstepCheck
from .pins import add_scale_factor, connect_pins
from .scale_factor_lut import ScaleFactorLUT


class RewindingOnTheFlyCore(wiring.Component):
    """The beats of `OnTheFlyCore`, and a way back, without a second bank.

    The ring is a scan chain: n clock edges replace all that it holds by what enters its last
    position. The tracker is one as well, of single bits. So the state at a mark is what entered
    both during the ``lead`` edges before it: a `History` keeps that, and feeds it in again to
    rewind. The table follows the tracker, and its pipeline is refilled on the way. After a reset
    the bank starts ``lead`` cycles before cycle 0, in order to have a history. With a constant
    exponent there is neither tracker nor table, and the history is of the ring alone.

    Timing: ``valid`` is low for ``lead`` clock cycles after a reset, and after ``rewind``. A beat
    is taken at a clock edge where ``take`` is high, which needs ``valid``. ``mark`` marks the beat
    shown, reset cycle 0; ``rewind`` (high while ``valid`` is, and ``take`` and ``mark`` are low)
    goes back to the beat marked. Before the next mark, the last edges with ``take`` must have had
    ``closing`` high: as many as the `HistoryWindow` has room for, or all, where there have been
    fewer. Until ``take`` the outputs keep their value. Reset (synchronous) wins over everything.
    ``mantissa`` and ``code`` are undefined while ``valid`` is low.

    With ``loading`` high after ``rewind`` until ``valid``, what enters is ``loaded``, a word a
    cycle; it is recorded as well, so that the mark is where those words lead.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        The generator.
    options : SystemOptions
        What can be loaded, and whether bit flips are noticed.

    Members
    -------
    take, closing, mark, rewind : Signal(1), in
        See above.
    valid, mantissa, code : out
        Those of `OnTheFlyCore`.
    loading : Signal(1), in
        See above; only where anything can be loaded.
    loaded : Signal(b + entry bits), in
        What enters position n - 1 and, above it, the tracker; as ``loading``.
    write : WriteSignature, in
        Writes the scale table; only where there is one, and contents can be loaded.
    fault : Signal(1), out
        That of `LockstepCheck`, whose enabled edges are those at which a beat is taken, and all
        while ``valid`` is low; only where health is checked.
    """

    def __init__(self, parameters: OnTheFlyParameters, options: SystemOptions) -> None:
        self.parameters = parameters
        self.options = options
        entry = self.parameters.width + self.parameters.entry_bits
        self.history = History(HistoryWindow.of(self.parameters), entry)
        controls = {name: In(1) for name in ("take", "closing", "mark", "rewind")}
        fields = {name: Out(bits) for name, bits in BeatLayout.of(self.parameters).fields.items()}
        faults = {"fault": Out(1)} if self.options.checks_health else {}
        super().__init__(
            {**controls, "valid": Out(1), **fields, **self._load_members(entry), **faults}
        )

    def _load_members(self, entry: int) -> dict[str, wiring.Member]:
        members = {"loading": In(1), "loaded": In(entry)} if self.options.loads else {}
        if self.options.loads_contents and self.parameters.has_table:
            scaling = self.parameters.scaling
            members["write"] = In(WriteSignature(self.parameters.width, scaling.code_bits))
        return members

    def elaborate(self, platform: object) -> Module:
        m = Module()
        parameters, history = self.parameters, self.history
        ahead = parameters.latency - history.window.prefill
        m.submodules.history = history
        m.submodules.bank = bank = LFSRBank(
            parameters.bank,
            start_cycle=ahead - parameters.bank_latency,
            entry_bits=parameters.width,
        )
        rings, table, en = [bank], None, ~history.filled | self.take
        if parameters.has_table:
            tracker = LFSRBank(
                parameters.tracker, start_cycle=ahead, entry_bits=parameters.entry_bits
            )
            rings.append(tracker)
            table = self._add_table(m, tracker, en)
        m.d.comb += [
            bank.en.eq(en),
            history.record.eq(self.take & self.closing),
            history.mark.eq(self.mark),
            history.rewind.eq(self.rewind),
            self.valid.eq(history.filled),
        ]
        self._feed(m, rings)
        connect_pins(m, self, parameters, positions=bank.states, table=table, en=bank.en)
        if self.options.checks_health:
            self._check(m, *rings)
        return m

    def _add_table(self, m: Module, tracker: LFSRBank, en: Value) -> ScaleFactorLUT:
        writable = self.options.loads_contents
        table = ScaleFactorLUT(self.parameters, writable=writable)
        if writable:
            wiring.connect(m, wiring.flipped(self.write), table.write)
        return add_scale_factor(m, tracker, table, en=en)

    def _feed(self, m: Module, rings: list[LFSRBank]) -> None:
        """Between the history and the bank, and the tracker where there is one."""
        history = self.history
        entry = Mux(self.loading, self.loaded, history.past) if self.options.loads else history.past
        m.d.comb += [ring.feed.eq(history.feeding) for ring in rings]
        m.d.comb += [
            history.word.eq(Cat(ring.entering for ring in rings)),
            Cat(ring.entry for ring in rings).eq(entry),
        ]

    def _check(self, m: Module, bank: LFSRBank, tracker: LFSRBank | None = None) -> None:
        m.submodules.lockstep_check = check = LockstepCheck(self.parameters)
        m.d.comb += [
            check.en.eq(bank.en),
            check.complete.eq(self.valid),
            check.entering.eq(bank.entering),
            check.leaving.eq(bank.states[: self.parameters.width]),
            self.fault.eq(check.fault),
        ]
        if tracker is not None:
            m.d.comb += [
                check.tracked.eq(tracker.states),
                check.tracker_entering.eq(tracker.entering),
            ]
