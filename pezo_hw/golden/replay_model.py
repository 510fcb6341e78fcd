"""Perturbations on command, clock cycle by clock cycle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Command:
    """So many beats (at least 1), of the next perturbation or of the last one again."""

    beats: int
    replay: bool


@dataclass(frozen=True, kw_only=True)
class ReplayPins:
    """The outputs in a clock cycle.

    Attributes
    ----------
    ready : bool
        Whether a command would be taken.
    beat : int or None
        Which cycle of the stream is shown; None while there is no beat.
    last : bool
        Whether that beat is a command's last.
    fault : bool
        Whether a fault was noticed at the last edge.
    reloaded : bool
        Whether a reload has just ended.
    """

    ready: bool
    beat: int | None
    last: bool
    fault: bool
    reloaded: bool


class ReplayModel:
    """What a consumer is promised: a position in the stream, a mark, and how long a jump takes.

    Parameters
    ----------
    lead : int
        Clock cycles without a beat after a reset and after a command to replay.
    reloads : bool
        Whether it can go back by itself after a fault.
    """

    def __init__(self, lead: int, *, reloads: bool = False) -> None:
        self._lead = lead
        self._reloads = reloads
        self._reset()

    def _reset(self) -> None:
        self._waits = self._lead
        self._position = self._mark = self._left = 0
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
            ready=self._idle and not held,
            beat=self._position if shown else None,
            last=self._left == 1,
            fault=self._fault,
            reloaded=self._reloading and self._waits == 0,
        )

    def edge(
        self,
        *,
        rst: bool,
        command: Command | None,
        ready: bool,
        reload: bool = False,
        fault: bool = False,
    ) -> None:
        """A clock edge with these inputs, at which a fault is noticed or not."""
        if rst:
            self._reset()
            return
        pins = self.pins()
        waits = max(0, self._waits - 1)
        if self._asked and self._idle:
            self._asked, self._reloading = False, True
            self._position, waits = self._mark, self._lead
        else:
            self._asked |= self._reloads and self._fault and reload and not self._reloading
            self._reloading &= not pins.reloaded
        self._waits, self._fault = waits, fault
        if command is not None and pins.ready:
            self._start(command)
        elif pins.beat is not None and ready:
            self._position += 1
            self._left -= 1

    def _start(self, command: Command) -> None:
        self._left = command.beats
        if command.replay:
            self._position, self._waits = self._mark, self._lead
        else:
            self._mark = self._position
