"""The AXI system at its pins, clock cycle by clock cycle."""

from __future__ import annotations

from dataclasses import dataclass

from ...generators.replay.load_model import LoadInputs, LoadModel
from ...registers import Register, register_map
from ..replay.model import Command, ReplayModel
from .lite_model import LiteInputs, LiteModel, LitePins
from .parameters import AXIParameters

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
    source : int
        Which of the `LoadModel`'s streams the beat is of; 0 where nothing can be loaded.
    first, last : bool
        Whether a beat offered now is a frame's first, or its last.
    irq : bool
        The interrupt.
    """

    lite: LitePins
    beat: int | None
    source: int
    first: bool
    last: bool
    irq: bool


class AXIModel:
    """Registers around a `ReplayModel`, and frames that end early on a restart.

    No bit flips.

    Parameters
    ----------
    parameters : AXIParameters
        The lead, the constants and the range of a command.
    loads : LoadModel, optional
        What can be loaded.
    """

    def __init__(self, parameters: AXIParameters, loads: LoadModel | None = None) -> None:
        self._parameters = parameters
        self._loads = loads
        replay = parameters.replay
        self._engine = ReplayModel(
            replay.lead,
            loads,
            reloads=replay.options.reloads,
            stride=replay.plan.beat_stride,
            jump=replay.plan.jump,
        )
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
        self._lite = LiteModel(errors=self._parameters.answers_errors)
        self._stored = {r.name: r.reset_word for r in self._registers.values() if r.stored}
        self._interrupts = 0
        self._irq = False
        self._counts = {"PERTURBATIONS": 0, "TRANSFERS": 0}
        self._busy = self._restarts = self._closes = self._began = False
        self._first = True

    def pins(self) -> AXIPins:
        """The outputs before the next edge; no input has a say in them."""
        engine = self._engine.pins()
        return AXIPins(
            lite=self._lite.pins(),
            beat=engine.beat,
            source=engine.source,
            first=self._first,
            last=engine.last or self._closes,
            irq=self._irq,
        )

    def edge(self, *, reset: bool, lite: LiteInputs, ready: bool) -> None:
        """A clock edge with these inputs."""
        name, word = self._written()
        if reset:
            # A word that is written at this very edge still reaches the memory behind the engine.
            load = _load(name, word)
            self._engine.edge(rst=True, command=None, ready=False, load=load)
            self._reset()
            return
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
        dropped = (name == "COMMAND" and not accepted) or self._drops_load(name)
        loaded = 0 if self._loads is None else self._loads.pins().done << 4
        loaded |= 0 if self._loads is None else self._loads.pins().refused << 5
        done = taken and engine.last
        load = _load(name, word)
        self._engine.edge(rst=restarted, command=command, ready=ready, load=load)
        self._began = name == "LOAD_CONTROL"
        self._count(taken, accepted and not word & 1, restarted)
        self._interrupts &= ~word if name == "INTERRUPT_STATUS" else _WORD
        self._interrupts |= done | dropped << 1 | loaded
        self._busy = (self._busy or accepted) and not done and not restarted
        if taken:
            self._first, self._closes = last, self._restarts and not last
        self._restarts = (self._restarts and not restarted) or (name == "CONTROL" and word & 1 == 1)

    def _drops_load(self, name: str) -> bool:
        """Whether a load's word is not wanted, or the last beginning had no effect."""
        if self._loads is None:
            return name in ("LOAD_CONTROL", "LOAD_DATA")
        pins = self._loads.pins()
        lost = self._began and not (pins.ready or pins.refused)
        return lost or (name == "LOAD_DATA" and not pins.ready)

    @property
    def wants_word(self) -> bool:
        """Whether a word of a load would be taken, and no write is under way."""
        return self._loads is not None and self._loads.pins().ready and self._lite.is_idle

    @property
    def is_unloaded(self) -> bool:
        """Whether no load is under way, and no write that could begin one."""
        return self._loads is not None and not self._loads.pins().busy and self._lite.is_idle

    def _command(self, name: str, word: int) -> Command | None:
        beats = self._stored["BEATS"]
        unused = self._stored["UNUSED"]
        replay = self._parameters.replay
        in_range = 1 <= beats <= 1 << replay.count_bits and unused <= replay.plan.most_unused
        if name != "COMMAND" or not in_range:
            return None
        return Command(beats=beats, replay=bool(word & 1), unused=unused)

    def _count(self, taken: bool, perturbation: bool, restarted: bool) -> None:
        more = {"PERTURBATIONS": perturbation, "TRANSFERS": taken}
        for name, event in more.items():
            self._counts[name] = 0 if restarted else (self._counts[name] + event) & _WORD

    def _read(self, address: int | None) -> int | None:
        register = None if address is None else self._registers.get(address)
        if register is None or not register.readable:
            return None
        return register.word(**(self._fixed[register.name] | self._varying(register)))

    def _load_status(self) -> dict[str, int]:
        if self._loads is None:
            return {}
        pins = self._loads.pins()
        shown = {"load_busy": pins.busy, "load_needed": pins.needed, "load_ready": pins.ready}
        return {name: int(flag) for name, flag in shown.items()}

    def _varying(self, register: Register) -> dict[str, int]:
        engine = self._engine.pins()
        if register.name in self._counts:
            return {register.name.lower(): self._counts[register.name]}
        if register.name == "STATUS":
            return {"ready": int(engine.ready), "busy": int(self._busy)} | self._load_status()
        word = self._stored.get(register.name, self._interrupts)
        if register.name == "INTERRUPT_STATUS" or register.stored:
            return {f.name: word >> f.low & (1 << f.width) - 1 for f in register.fields}
        return {}


def _load(name: str, word: int) -> LoadInputs:
    """What a write means to a load."""
    begin = name == "LOAD_CONTROL"
    contents = begin and word & 1 == 1
    return LoadInputs(begin=begin, contents=contents, word=word if name == "LOAD_DATA" else None)
