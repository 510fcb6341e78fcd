"""Perturbations on command: the next one, or the same again."""

from __future__ import annotations

from amaranth.hdl import Module, Signal, Value
from amaranth.lib import data, stream, wiring
from amaranth.lib.wiring import In, Out

from ....generators.replay.rtl.load_signature import LoadSignature
from ..parameters import ReplayParameters
from .beat_counter import BeatCounter
from .reload_control import ReloadControl


class ReplaySequencer(wiring.Component):
    """Hands over exactly as many beats as each command asks for, the last one flagged.

    A command with ``replay`` low goes on where the last command ended and makes that the start of
    a perturbation. With ``replay`` high it goes back to that start, which is cycle 0 of the stream
    before the first command. So a perturbation is replayed bit for bit by a command of as many
    beats; one of fewer or more beats replays its first part or runs past its end, and what follows
    goes on from there. Where a command has ``unused``, below the number of lanes, what follows it
    goes on so many numbers earlier: with those of its last beat that a perturbation left over. With
    drawn starts it is NEW that moves on, by a jump from where it started, and nothing else does.

    Timing: a command is taken at a clock edge where ``command.valid & command.ready``;
    ``command.ready`` is high from ``lead`` clock cycles after a reset on, and falls until the last
    beat has been taken. ``o.valid`` rises one clock cycle after a command, ``lead`` cycles later
    with ``replay``, and stays until the last beat has been taken: a beat every clock cycle while
    ``o.ready`` is high. Until it is taken a beat keeps its value. Reset (synchronous) at any moment
    drops the command under way and starts again from cycle 0. ``o.payload`` is undefined while
    ``o.valid`` is low. No output depends on an input within a clock cycle.

    Loads: where the options ask for them, another start, or other contents, can be loaded while
    commands go on. A load takes its words, checks them, waits until no command is under way, and
    takes effect; commands wait (``command.ready`` low) from the end of its check to ``done``.

    * On the fly a phase is ``lead`` words of 32 bits: what enters ring and tracker on the edges
      before the cycle to go on from, the oldest first, the state in the low b bits and the
      tracker's bits above; higher bits are ignored. Refused is what no n distinct RNGs could have
      made, see `LoadWindow`. Contents are the same words, of other seeds, then 2^b codes, address
      0 first, in the low c bits.
    * Pre-generated a phase is an address: of a row, or in copies of the number to start with.
      Contents are an address and then numbers in the low b bits: the L of that row, lane 0 first,
      or all N, that of the start first and from there on backwards. Refused is an address where
      nothing lies, and where a row is incomplete, contents of another.

    The next command, NEW or REPLAY, starts at what was loaded; a row leaves the position as it is.
    Each part ends with its check word, see `LoadCheck`: a load with one that does not fit is
    refused, and what its second part has written is then not whole. With ``begin`` in cycle 0, no
    stalls and no command under way, ``load.done`` is high in cycle staged + check + stored + lead +
    5, or ``load.refused`` in cycle staged + check + 2, or for the second part in cycle staged +
    check + stored + 3. Staged words are ``lead`` or 1; the check takes lead * (lead + 5) / 2 cycles
    or 1, in which their check word comes; what is stored takes 2^b + 2, L + 2 or N + max(2, C + 1)
    cycles, its check word's and that of its check among them, or for a phase none. A
    reset gives up the load under way and goes on from cycle 0 of the seeds built in; it restores
    neither table nor pool. ``load.needed`` is high, and commands wait, while a table is stored that
    is not whole or not that of the seeds, or a row that is not whole; it has no reset, and falls
    with ``done`` of a load of contents.

    Health: ``fault`` is that of `LockstepCheck`. A ``fault`` in a cycle with ``reload`` high is
    followed by a reload: once no command is under way, and before any other is taken, the core goes
    back to the mark as a replay does, and ``reloaded`` is high for one clock cycle when it is
    there, ``lead`` + 1 cycles after it began. The next command, whatever its ``replay``, starts at
    the mark, which was made before the fault showed. Where there is ``reload``, no command is taken
    in a cycle with ``fault`` high, nor from one with ``reload`` high until ``reloaded``.

    Parameters
    ----------
    replay : ReplayParameters
        The generator, how far a command counts, and what can be loaded.

    Members
    -------
    command : stream.Signature(StructLayout), in
        ``length`` (lowest), the number of beats less one, ``replay`` above it, and above that
        ``unused`` where the next perturbation can start with numbers of the last beat.
    o : stream.Signature(StructLayout), out
        ``mantissa`` lowest, ``code`` where the generator has one, ``last`` above them.
    busy : Signal(1), out
        A command is under way: taken, and its last beat has not been.
    load : LoadSignature, in
        See above; only where the options have it.
    fault : Signal(1), out
        Only with ``options.checks_health``: see above.
    reload, reloaded : Signal(1), in and out
        Only with ``options.reloads``: see above.
    """

    def __init__(self, replay: ReplayParameters) -> None:
        self.replay = replay
        command = data.StructLayout(replay.command_fields)
        beat = data.StructLayout({**replay.layout.fields, "last": 1})
        options = replay.options
        members = {
            "command": In(stream.Signature(command)),
            "o": Out(stream.Signature(beat)),
            "busy": Out(1),
        }
        load = {"load": In(LoadSignature())} if options.loads else {}
        faults = {"fault": Out(1)} if options.checks_health else {}
        reloads = {"reload": In(1), "reloaded": Out(1)} if options.reloads else {}
        super().__init__({**members, **load, **faults, **reloads})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.core = core = self.replay.plan.create_core()
        m.submodules.counter = counter = BeatCounter(
            self.replay.count_bits, self.replay.plan.low_bits
        )
        command, o = self.command, self.o
        ready = core.valid & ~counter.busy
        rewind = counter.start & command.payload.replay
        if self.replay.options.loads:
            loader = self._add_loader(m, core, idle=ready)
            ready, rewind = ready & ~loader.hold, rewind | loader.rewind
        if self.replay.options.reloads:
            reloads = self._add_reloads(m, core, idle=ready)
            ready, rewind = ready & ~reloads.holds, rewind | reloads.rewind
        m.d.comb += [
            self.busy.eq(counter.busy),
            command.ready.eq(ready),
            counter.start.eq(command.valid & command.ready),
            counter.length.eq(command.payload.length),
            o.valid.eq(core.valid & counter.busy),
            o.payload.last.eq(counter.last),
            counter.take.eq(o.valid & o.ready),
            core.take.eq(counter.take),
            core.mark.eq(counter.start & ~command.payload.replay),
            core.rewind.eq(rewind),
        ]
        fields = self.replay.layout.fields
        m.d.comb += [o.payload[field].eq(getattr(core, field)) for field in fields]
        if "closing" in core.signature.members:
            m.d.comb += core.closing.eq(counter.closing)
        if self.replay.unused_bits:
            unused = Signal(self.replay.unused_bits, name="unused")
            with m.If(counter.start):
                m.d.sync += unused.eq(command.payload.unused)
            if self.replay.options.loads_contents:
                # No command is under way, and what is written goes back number by number.
                with m.If(loader.hold & loader.idle):
                    m.d.sync += unused.eq(1)
            m.d.comb += core.unused.eq(unused)
        if "last" in core.signature.members:
            m.d.comb += core.last.eq(counter.last)
        if self.replay.options.checks_health:
            m.d.comb += self.fault.eq(core.fault)
        return m

    def _add_loader(self, m: Module, core: wiring.Component, *, idle: Value) -> wiring.Component:
        """Has the loader use the core while no command is under way."""
        m.submodules.loader = loader = self.replay.plan.create_loader()
        wiring.connect(m, wiring.flipped(self.load), loader.load)
        m.d.comb += loader.idle.eq(idle)
        loader.connect_to(m, core)
        return loader

    def _add_reloads(self, m: Module, core: wiring.Component, *, idle: Value) -> ReloadControl:
        m.submodules.reload_control = control = ReloadControl()
        m.d.comb += [
            control.fault.eq(self.fault),
            control.reload.eq(self.reload),
            control.idle.eq(idle),
            control.valid.eq(core.valid),
            self.reloaded.eq(control.reloaded),
        ]
        return control
