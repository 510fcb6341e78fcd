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
    """

    ready: bool
    beat: int | None
    last: bool


class ReplayModel:
    """What a consumer is promised: a position in the stream, a mark, and how long a jump takes.

    Parameters
    ----------
    lead : int
        Clock cycles without a beat after a reset and after a command to replay.
    """

    def __init__(self, lead: int) -> None:
        self._lead = lead
        self._reset()

    def _reset(self) -> None:
        self._waits = self._lead
        self._position = self._mark = self._left = 0

    def pins(self) -> ReplayPins:
        """The outputs before the next edge; no input has a say in them."""
        shown = self._left > 0 and self._waits == 0
        return ReplayPins(
            ready=self._left == 0 and self._waits == 0,
            beat=self._position if shown else None,
            last=self._left == 1,
        )

    def edge(self, *, rst: bool, command: Command | None, ready: bool) -> None:
        """A clock edge with these inputs."""
        pins = self.pins()
        self._waits = max(0, self._waits - 1)
        if rst:
            self._reset()
        elif command is not None and pins.ready:
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
