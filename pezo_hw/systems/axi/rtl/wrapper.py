"""Perturbations on command, behind AXI4-Lite and AXI4-Stream."""

from __future__ import annotations

from amaranth.hdl import ClockDomain, ClockSignal, Module, ResetInserter, ResetSignal, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....registers import register_map
from ...replay.rtl.sequencer import ReplaySequencer
from ..parameters import AXIParameters
from ..pins import LITE, STREAM, interface_attributes
from .command_port import CommandPort
from .counters import Counters
from .frame_port import FramePort, frame_signature
from .interrupts import Interrupts
from .lite_read import LiteRead
from .lite_write import LiteWrite
from .register_file import RegisterFile
from .signatures import AXI4LiteSignature


class AXIWrapper(wiring.Component):
    """A `ReplaySequencer` with registers for its commands and frames for its beats.

    The registers are those of ``pezo.rdl``. The system brings its own clock domain: everything
    happens at the rising edge of ``aclk``. ``aresetn`` low at a clock edge resets everything, but
    for what the engine keeps over a reset; frame and responses under way are dropped.

    Timing: a write takes effect in the cycle after the later of its address and its data. The
    first beat of a command is offered one cycle after that, ``lead`` cycles later with ``replay``.
    No output depends on an input within a clock cycle; all but the payload and ``tvalid`` of
    m_axis are registers.

    Parameters
    ----------
    parameters : AXIParameters
        The generator and its options.

    Members
    -------
    aclk, aresetn : Signal(1), in
        Clock; reset, synchronous, active low.
    s_axi_* : AXI4LiteSignature, in
        The registers.
    m_axis_* : AXI4StreamSignature, out
        The beats: a frame a command.
    irq : Signal(1), out
        High while an enabled interrupt is pending.
    """

    def __init__(self, parameters: AXIParameters) -> None:
        self.parameters = parameters
        lite = AXI4LiteSignature().flip().members
        frames = frame_signature(self.parameters).members
        super().__init__(
            {
                "aclk": In(1),
                "aresetn": In(1),
                **{f"{LITE}_{name}": member for name, member in lite.items()},
                **{f"{STREAM}_{name}": member for name, member in frames.items()},
                "irq": Out(1),
            }
        )
        for port, attributes in interface_attributes(self.signature.members).items():
            getattr(self, port).attrs.update(attributes)
        constants = self.parameters.constants
        self._options = self.parameters.replay.options
        self.registers = RegisterFile(register_map(), constants)
        self.engine = ReplaySequencer(self.parameters.replay)
        self.frames = FramePort(self.parameters)
        self.commands = CommandPort(self.parameters.replay)
        self.counters = Counters(faults=self._options.checks_health)
        status = register_map()["INTERRUPT_STATUS"]
        self._events = {
            field.name: field.low
            for field in status.fields
            if f"{status.name}.{field.name}" not in constants
        }
        self.interrupts = Interrupts(len(self._events))

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.domains.sync = ClockDomain("sync", local=True)
        m.d.comb += [ClockSignal().eq(self.aclk), ResetSignal().eq(~self.aresetn)]
        m.submodules.registers = self.registers
        m.submodules.commands = self.commands
        m.submodules.frames = self.frames
        m.submodules.counters = self.counters
        m.submodules.interrupts = self.interrupts
        m.submodules.engine = ResetInserter(self.frames.reset)(self.engine)
        self._connect_lite(m)
        self._connect_frames(m)
        self._connect_commands(m)
        self._connect_status(m)
        self._connect_interrupts(m)
        return m

    def _connect_lite(self, m: Module) -> None:
        """The two halves of AXI4-Lite to the two halves of the register bus."""
        index_bits = register_map().index_bits
        errors = self.parameters.answers_errors
        m.submodules.lite_write = write = LiteWrite(index_bits, errors=errors)
        m.submodules.lite_read = read = LiteRead(index_bits, errors=errors)
        for half in (write, read):
            for name, member in half.axi.signature.flip().members.items():
                port, pin = getattr(self, f"{LITE}_{name}"), getattr(half.axi, name)
                m.d.comb += pin.eq(port) if member.flow == Out else port.eq(pin)
            for name, member in half.bus.signature.members.items():
                ours, theirs = getattr(self.registers.bus, name), getattr(half.bus, name)
                m.d.comb += ours.eq(theirs) if member.flow == Out else theirs.eq(ours)

    def _connect_frames(self, m: Module) -> None:
        wiring.connect(m, self.engine.o, self.frames.beat)
        axis = self.frames.axis
        for name, member in axis.signature.members.items():
            if member.flow == Out:
                m.d.comb += getattr(self, f"{STREAM}_{name}").eq(getattr(axis, name))
        m.d.comb += [
            axis.tready.eq(getattr(self, f"{STREAM}_tready")),
            self.frames.restart.eq(self._written("CONTROL", "restart")),
        ]

    def _connect_commands(self, m: Module) -> None:
        wiring.connect(m, self.commands.command, self.engine.command)
        m.d.comb += [
            self.commands.write.eq(self.registers.written.command),
            self.commands.again.eq(self._written("COMMAND", "replay")),
            self.commands.beats.eq(self.registers.stored.beats.beats),
        ]
        if self.parameters.replay.unused_bits:
            m.d.comb += self.commands.unused.eq(self.registers.stored.unused.unused)

    def _connect_status(self, m: Module) -> None:
        shown, counters, command = self.registers.shown, self.counters, self.engine.command
        m.d.comb += [
            shown.status.ready.eq(command.ready),
            shown.status.busy.eq(self.engine.busy),
            counters.clear.eq(self.frames.reset),
            counters.perturbation.eq(command.valid & command.ready & ~command.payload.replay),
            counters.transfer.eq(self._taken),
            shown.perturbations.perturbations.eq(counters.perturbations),
            shown.transfers.transfers.eq(counters.transfers),
        ]

    def _connect_interrupts(self, m: Module) -> None:
        registers, interrupts = self.registers, self.interrupts
        happened = self._happened(m)
        for index, name in enumerate(self._events):
            m.d.comb += [
                interrupts.events[index].eq(happened[name]),
                interrupts.enable[index].eq(getattr(registers.stored.interrupt_enable, name)),
                interrupts.acknowledge[index].eq(self._written("INTERRUPT_STATUS", name)),
                getattr(registers.shown.interrupt_status, name).eq(interrupts.pending[index]),
            ]
        m.d.comb += self.irq.eq(interrupts.irq)

    def _happened(self, m: Module) -> dict[str, Value]:
        """Each event of INTERRUPT_STATUS in the cycle in which it happens."""
        happened = {"done": self._taken & self.engine.o.payload.last}
        if self._options.loads:
            loads = self._connect_load(m)
            happened |= {"load_done": self.engine.load.done}
            happened |= {"load_refused": self.engine.load.refused}
        else:
            loads = self.registers.written.load_control | self.registers.written.load_data
        if self._options.checks_health:
            happened |= {"fault": self.engine.fault}
            m.d.comb += self.counters.fault.eq(self.engine.fault)
            m.d.comb += self.registers.shown.health.faults.eq(self.counters.faults)
        if self._options.reloads:
            happened |= {"reloaded": self.engine.reloaded}
            m.d.comb += self.engine.reload.eq(self.registers.stored.health.reload)
        return happened | {"dropped": self.commands.dropped | loads}

    def _connect_load(self, m: Module) -> Value:
        """The registers of a load to the engine; whether a write of theirs was dropped."""
        load, written = self.engine.load, self.registers.written
        status, began = self.registers.shown.status, Signal(name="began")
        m.d.sync += began.eq(written.load_control)
        m.d.comb += [
            load.begin.eq(written.load_control),
            load.contents.eq(self._written("LOAD_CONTROL", "contents")),
            load.data.valid.eq(written.load_data),
            load.data.payload.eq(self.registers.bus.write_data),
            status.load_busy.eq(load.busy),
            status.load_needed.eq(load.needed),
            status.load_ready.eq(load.data.ready),
        ]
        # A load that has begun wants words or is refused; otherwise another was taking effect.
        lost = began & ~(load.data.ready | load.refused)
        return lost | (written.load_data & ~load.data.ready)

    @property
    def _taken(self) -> Value:
        return self.frames.axis.tvalid & self.frames.axis.tready

    def _written(self, register: str, field: str) -> Value:
        """Whether a one is written to a field of one bit."""
        bit = next(f.low for f in register_map()[register].fields if f.name == field)
        return (
            getattr(self.registers.written, register.lower()) & self.registers.bus.write_data[bit]
        )
