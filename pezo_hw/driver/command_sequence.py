"""A perturbation in several commands, for a model that is larger than one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import partial

from .bus import any_integer, integer
from .deadline import Deadline, checked_seconds
from .device import PerturbationDevice
from .errors import ArgumentError, require

_MOST_BYTES = 1 << 63
_NO_LIMIT = (1 << 64) - 1


@dataclass(frozen=True, kw_only=True)
class Command:
    """One of the commands of a sequence.

    Attributes
    ----------
    beats : int
        How many it asks for.
    first_byte : int
        Where its frame begins in a buffer for all of them.
    size : int
        Bytes of its frame.
    give : callable
        Commands it, once whoever receives the frame is ready for it; once more where that went
        wrong, and it is the same frame. Raises as `PerturbationDevice.new` and, where its start is
        loaded, `PerturbationDevice.load_position`; and ArgumentError where other perturbations
        have begun since.
    """

    beats: int
    first_byte: int
    size: int
    give: Callable[[], None]


class CommandSequence:
    """Perturbations of one size, in as many commands as a transfer's length asks for.

    The commands of one perturbation give consecutive beats, so that it is the same as one command
    of all of them; and it can be replayed as a whole. Each command is given where its start has
    been loaded, so that neither what happened to the one before nor a restart matters to it. Where
    one command is enough and no position is given, nothing is loaded: `new` and `replay` are the
    device's own, and after a restart there must be another sequence.

    While a sequence is in use nobody else gives the device commands or loads a start. One frame
    after the other is to be received: the next command is asked for when the last one's has come.

    Parameters
    ----------
    device : PerturbationDevice
        The device.
    beats : int
        Of a perturbation: the sum of `Configuration.beats_for` over a model's tensors. Up to 2^63
        bytes of them.
    unused : int
        Numbers of the last beat with which the next perturbation starts
        (`Configuration.unused_for`).
    most_beats : int
        Of a command: `Configuration.most_beats_of_dma`, for a DMA that receives them. Where a
        command can ask for fewer, that is the limit.
    position : int, optional
        Where the first perturbation starts, as `PerturbationDevice.load_position` counts. With
        several commands it is 0 where it is not given.

    Attributes
    ----------
    loads : bool
        Whether the start of each command is loaded.

    Raises
    ------
    ArgumentError
        For numbers that a command cannot have.
    UnsupportedError
        Where several commands are needed, or a position is given, and the device loads no start.
    """

    def __init__(
        self,
        device: PerturbationDevice,
        beats: int,
        *,
        unused: int = 0,
        most_beats: int,
        position: int | None = None,
    ) -> None:
        self._device = device
        most = integer("most_beats", most_beats, 1, _NO_LIMIT)
        self._most = min(most, device.configuration.most_beats)
        self.loads = False
        self._position = self._start = 0
        # Which perturbation is the next and which the last, so that no other's command is given.
        self._next, self._last = 1, 0
        self._size(beats, unused)
        if position is not None:
            self.position = position

    @property
    def position(self) -> int:
        """Where the next new perturbation starts, by what the sequence has given since.

        Setting it has the next one start elsewhere, which is loaded; with drawn starts that is to
        be done before each. UnsupportedError where the device loads no start.
        """
        return self._position

    @position.setter
    def position(self, position: int) -> None:
        position = any_integer("position", position)
        self._require_loads()
        self._position = position
        self._next += 1
        if not self._last:
            self._start = position

    @property
    def largest(self) -> int:
        """Bytes of the largest frame: a buffer for one command after the other has as many."""
        return min(self._beats, self._most) * self._device.configuration.beat_bytes

    def resized(self, beats: int, *, unused: int = 0) -> CommandSequence:
        """A sequence for perturbations of another size that goes on where this one is.

        Parameters and errors are those of the class; this one is not to be used any more.
        """
        other = copy(self)
        other._size(beats, unused)
        return other

    def new(self, *, timeout: float | None = None) -> Iterator[Command]:
        """The commands of the next perturbation, which each may take ``timeout`` seconds.

        `position` is behind it once the last of them has been given; until then it remains the
        next one.
        """
        give = partial(self._give_new, self._next, self._position)
        return self._commands(give, timeout)

    def replay(self, *, timeout: float | None = None) -> Iterator[Command]:
        """Those of the last one once more, bit for bit; of the one at the start before any `new`.

        The last one is that of which a command has been taken last, also where it was broken off.
        """
        give = partial(self._give_replay, self._last, self._start)
        return self._commands(give, timeout)

    def _commands(
        self, give: Callable[[int, int, float | None], None], timeout: float | None
    ) -> Iterator[Command]:
        size = self._device.configuration.beat_bytes
        for first in range(0, self._beats, self._most):
            beats = min(self._most, self._beats - first)
            yield Command(
                beats=beats,
                first_byte=first * size,
                size=beats * size,
                give=partial(give, first, beats, timeout),
            )

    def _give_new(
        self, perturbation: int, start: int, first: int, beats: int, timeout: float | None
    ) -> None:
        if perturbation != self._next:
            self._give_replay(perturbation, start, first, beats, timeout)
            return
        self._give(self._device.new, start, first, beats, timeout)
        self._last, self._start = perturbation, start
        if first + beats == self._beats:
            self._position = start + self._positions(self._beats) - self._unused
            self._next += 1

    def _give_replay(
        self, perturbation: int, start: int, first: int, beats: int, timeout: float | None
    ) -> None:
        if perturbation != self._last:
            what = "a command of an earlier perturbation is not allowed"
            raise ArgumentError(f"{what}; allowed: one of the last or the next")
        self._give(self._device.replay, start, first, beats, timeout)

    def _give(
        self,
        command: Callable[..., None],
        start: int,
        first: int,
        beats: int,
        timeout: float | None,
    ) -> None:
        """Has the command begin with a beat of the perturbation, within ``timeout`` in all."""
        device = self._device
        deadline = None if timeout is None else Deadline(checked_seconds(timeout))
        if self.loads:
            device.load_position(start + self._positions(first), timeout=timeout)
        elif device.configuration.unused:
            device.set_unused(self._unused)
        command(beats, timeout=None if deadline is None else deadline.left)

    def _positions(self, beats: int) -> int:
        return beats * self._device.positions_a_beat

    def _size(self, beats: int, unused: int) -> None:
        configuration = self._device.configuration
        self._beats = integer("beats", beats, 1, _MOST_BYTES // configuration.beat_bytes)
        self._unused = integer("unused", unused, 0, configuration.most_unused)
        if self._beats > self._most:
            self._require_loads()

    def _require_loads(self) -> None:
        require(self._device.configuration.load_phase, 'load = "phase" or "contents"')
        self.loads = True
