"""Perturbations on command, clock cycle by clock cycle."""

from __future__ import annotations

from dataclasses import dataclass

from ...generators.replay.load_model import LoadInputs, LoadModel

_NO_LOAD = LoadInputs()


@dataclass(frozen=True, kw_only=True)
class Command:
    """So many beats (at least 1), of the next perturbation or of the last one again.

    The next perturbation after it starts with the last ``unused`` numbers of them.
    """

    beats: int
    replay: bool
    unused: int = 0


@dataclass(frozen=True, kw_only=True)
class ReplayPins:
    """The outputs in a clock cycle.

    Attributes
    ----------
    ready : bool
        Whether a command would be taken.
    beat : int or None
        Which position of the stream is shown; None while there is no beat.
    last : bool
        Whether that beat is a command's last.
    busy : bool
        Whether a command is under way.
    source : int
        Which of the `LoadModel`'s streams the beat is of; 0 where nothing can be loaded.
    fault : bool
        Whether a fault was noticed at the last edge.
    reloaded : bool
        Whether a reload has just ended.
    """

    ready: bool
    beat: int | None
    last: bool
    busy: bool
    source: int
    fault: bool
    reloaded: bool


class ReplayModel:
    """What a consumer is promised: a position in the stream, a mark, and how long a jump takes.

    Parameters
    ----------
    lead : int
        Clock cycles without a beat after a reset, a command to replay, and a load.
    loads : LoadModel, optional
        What can be loaded.
    reloads : bool
        Whether it can go back by itself after a fault.
    stride : int
        Positions from a beat to the next.
    jump : int, optional
        Positions from where a perturbation starts to where the next one does; where it is not
        given, that starts where the last command ended.
    """

    def __init__(
        self,
        lead: int,
        loads: LoadModel | None = None,
        *,
        reloads: bool = False,
        stride: int = 1,
        jump: int | None = None,
    ) -> None:
        self._lead = lead
        self._stride = stride
        self._jump_size = jump
        self._loads = loads
        self._reloads = reloads
        self._reset()

    def _reset(self) -> None:
        self._waits = self._lead
        self._position = self._mark = self._drawn = self._left = self._unused = 0
        self._fault = self._asked = self._reloading = False

    @property
    def waits(self) -> int:
        """Clock cycles before there can be a beat; in these the hardware fills or goes back."""
        return self._waits

    @property
    def _idle(self) -> bool:
        """No command is under way, and nothing is gone back to."""
        return self._left == 0 and self._waits == 0

    def pins(self) -> ReplayPins:
        """The outputs before the next edge; no input has a say in them."""
        shown = self._left > 0 and self._waits == 0
        held = self._reloads and (self._fault or self._asked)
        return ReplayPins(
            ready=self._idle and not self._held_by_load and not held,
            beat=self._position if shown else None,
            last=self._left == 1,
            busy=self._left > 0,
            source=0 if self._loads is None else self._loads.source,
            fault=self._fault,
            reloaded=self._reloading and self._waits == 0,
        )

    @property
    def _held_by_load(self) -> bool:
        return self._loads is not None and self._loads.holds

    def edge(
        self,
        *,
        rst: bool,
        command: Command | None,
        ready: bool,
        load: LoadInputs = _NO_LOAD,
        reload: bool = False,
        fault: bool = False,
    ) -> None:
        """A clock edge with these inputs, at which a fault is noticed or not."""
        pins = self.pins()
        goes_back = self._asked and self._idle and not self._held_by_load
        jump = None
        if self._loads is not None:
            jump = self._loads.edge(load, rst=rst, idle=self._idle)
        if rst:
            self._reset()
            return
        self._waits = max(0, self._waits - 1)
        if goes_back:
            self._asked, self._reloading = False, True
            self._jump(self._mark)
        else:
            self._asked |= self._reloads and self._fault and reload and not self._reloading
            self._reloading &= not pins.reloaded
        self._fault = fault
        if jump is not None:
            self._jump(jump.position)
            self._drawn = self._position
        elif command is not None and pins.ready:
            self._start(command)
        elif pins.beat is not None and ready:
            self._position += self._stride
            self._left -= 1
            if pins.last:
                self._end()

    def _jump(self, position: int | None) -> None:
        """To a position, which becomes the mark; to None: where it is, read anew."""
        self._waits = self._lead
        if position is not None:
            self._position = self._mark = position

    def _end(self) -> None:
        """A command's last beat has been taken."""
        if self._jump_size is None:
            self._position -= self._unused
        else:
            self._position = self._drawn

    def _start(self, command: Command) -> None:
        self._left, self._unused = command.beats, command.unused
        if command.replay:
            self._jump(self._mark)
        else:
            self._mark = self._position
            self._drawn = self._position + (self._jump_size or 0)
