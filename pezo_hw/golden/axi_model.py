"""The AXI system at its pins, clock cycle by clock cycle."""

from __future__ import annotations

from dataclasses import dataclass

from ..parameters import AXIParameters
from ..registers import Register, register_map
from .axi_lite_model import LiteInputs, LiteModel, LitePins
from .replay_model import Command, ReplayModel

_WORD = (1 << 32) - 1


@dataclass(frozen=True, kw_only=True)
class AXIPins:
    """The outputs in a clock cycle.

    Attributes
    ----------
    lite : LitePins
        Those of s_axi.
    beat : int or None
        Which cycle of the stream m_axis offers; None while there is no beat.
    first, last : bool
        Whether a beat offered now is a frame's first, or its last.
    irq : bool
        The interrupt.
    """

    lite: LitePins
    beat: int | None
    first: bool
    last: bool
    irq: bool


class AXIModel:
    """Registers around a `ReplayModel`, and frames that end early on a restart.

    No load is begun, and no bit flips.

    Parameters
    ----------
    parameters : AXIParameters
        The lead, the constants and the range of a command.
    """

    def __init__(self, parameters: AXIParameters) -> None:
        self._parameters = parameters
        self._registers = {register.address: register for register in register_map().registers}
        constants = parameters.constants
        self._fixed = {
            register.name: {
                field.name: constants.get(f"{register.name}.{field.name}", field.reset or 0)
                for field in register.fields
            }
            for register in self._registers.values()
        }
        # Fields of options that are absent keep nothing.
        self._stored_bits = {
            register.name: register.word(
                **{
                    f.name: _WORD
                    for f in register.fields
                    if f"{register.name}.{f.name}" not in constants
                }
            )
            & register.stored_bits
            for register in self._registers.values()
        }
        self._reset()

    def _reset(self) -> None:
        self._lite = LiteModel()
        replay = self._parameters.replay
        self._engine = ReplayModel(replay.lead, reloads=replay.options.reloads)
        self._stored = {r.name: r.reset_word for r in self._registers.values() if r.stored}
        self._interrupts = 0
        self._irq = False
        self._counts = {"PERTURBATIONS": 0, "TRANSFERS": 0}
        self._busy = self._restarts = self._closes = False
        self._first = True

    def pins(self) -> AXIPins:
        """The outputs before the next edge; no input has a say in them."""
        engine = self._engine.pins()
        return AXIPins(
            lite=self._lite.pins(),
            beat=engine.beat,
            first=self._first,
            last=engine.last or self._closes,
            irq=self._irq,
        )

    def edge(self, *, reset: bool, lite: LiteInputs, ready: bool) -> None:
        """A clock edge with these inputs."""
        if reset:
            self._reset()
            return
        name, word = self._written()
        read = self._read(self._lite.asked_to_read)
        self._irq = bool(self._interrupts & self._stored["INTERRUPT_ENABLE"])
        self._lite.edge(lite, written=name != "", read=read)
        self._act(name, word, ready)
        if name in self._stored:
            self._stored[name] = word & self._stored_bits[name]

    def _written(self) -> tuple[str, int]:
        """The register that this edge writes, and the word; no name where it writes none."""
        write = self._lite.asked_to_write
        register = None if write is None else self._registers.get(write[0])
        if write is None or register is None or not register.writable:
            return "", 0
        return register.name, write[1]

    def _act(self, name: str, word: int, ready: bool) -> None:
        """What engine, frames, counters and interrupts make of an edge with this write."""
        engine = self._engine.pins()
        taken = engine.beat is not None and ready
        last = engine.last or self._closes
        restarted = self._restarts and (engine.beat is None or (taken and last))
        command = self._command(name, word)
        accepted = command is not None and engine.ready
        dropped = (name == "COMMAND" and not accepted) or name in ("LOAD_CONTROL", "LOAD_DATA")
        done = taken and engine.last
        self._engine.edge(rst=restarted, command=command, ready=ready)
        self._count(taken, accepted and not word & 1, restarted)
        self._interrupts &= ~word if name == "INTERRUPT_STATUS" else _WORD
        self._interrupts |= done | dropped << 1
        self._busy = (self._busy or accepted) and not done and not restarted
        if taken:
            self._first, self._closes = last, self._restarts and not last
        self._restarts = (self._restarts and not restarted) or (name == "CONTROL" and word & 1 == 1)

    def _command(self, name: str, word: int) -> Command | None:
        beats = self._stored["BEATS"]
        countable = 1 <= beats <= 1 << self._parameters.replay.count_bits
        if name != "COMMAND" or not countable:
            return None
        return Command(beats=beats, replay=bool(word & 1))

    def _count(self, taken: bool, perturbation: bool, restarted: bool) -> None:
        more = {"PERTURBATIONS": perturbation, "TRANSFERS": taken}
        for name, event in more.items():
            self._counts[name] = 0 if restarted else (self._counts[name] + event) & _WORD

    def _read(self, address: int | None) -> int | None:
        register = None if address is None else self._registers.get(address)
        if register is None or not register.readable:
            return None
        return register.word(**(self._fixed[register.name] | self._varying(register)))

    def _varying(self, register: Register) -> dict[str, int]:
        engine = self._engine.pins()
        if register.name in self._counts:
            return {"count": self._counts[register.name]}
        if register.name == "STATUS":
            return {"ready": int(engine.ready), "busy": int(self._busy)}
        word = self._stored.get(register.name, self._interrupts)
        if register.name == "INTERRUPT_STATUS" or register.stored:
            return {f.name: word >> f.low & (1 << f.width) - 1 for f in register.fields}
        return {}
