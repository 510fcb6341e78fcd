"""A perturbation in several commands, for a model that is larger than one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .bus import any_integer, integer
from .device import PerturbationDevice
from .errors import require

_MOST = 1 << 63


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
        Commands it, once whoever receives the frame is ready for it; raises as
        `PerturbationDevice.new` does.
    """

    beats: int
    first_byte: int
    size: int
    give: Callable[[], None]


class CommandSequence:
    """Perturbations of one size, in as many commands as a transfer's length asks for.

    The commands of one perturbation show consecutive beats, so that it is the same as one command
    of all of them; and it can be replayed as a whole. Each command is given where its start has
    been loaded, so that nothing moves it that happened to the one before. Where one command is
    enough and no position is given, nothing is loaded: `new` and `replay` are the device's own.

    While a sequence is in use nobody else gives the device commands or loads a start. One frame
    after the other is to be received: the next command is asked for when the last one's has come.

    Parameters
    ----------
    device : PerturbationDevice
        The device.
    beats : int
        Of a perturbation: the sum of `Configuration.beats_for` over a model's tensors.
    unused : int
        Numbers of the last beat with which the next perturbation starts
        (`Configuration.unused_for`).
    most_beats : int
        Of a command: `Configuration.most_beats_of_dma`, for a DMA that receives them.
    position : int, optional
        Where the first perturbation starts, as `PerturbationDevice.load_position` counts. With
        several commands it is 0 where it is not given.

    Attributes
    ----------
    position : int
        Where the next new perturbation starts, by what the sequence has given since; with drawn
        starts it is to be set before each.
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
        configuration = device.configuration
        self._device = device
        most = integer("most_beats", most_beats, 1, _MOST)
        self._most = min(most, configuration.most_beats)
        self._beats = integer("beats", beats, 1, _MOST)
        self._unused = integer("unused", unused, 0, configuration.most_unused)
        self.loads = position is not None or self._beats > self._most
        if self.loads:
            require(configuration.load_phase, 'load = "phase" or "contents"')
        self.position = any_integer("position", 0 if position is None else position)
        self._last = self.position

    @property
    def largest(self) -> int:
        """Bytes of the largest frame: a buffer for one command after the other has as many."""
        return min(self._beats, self._most) * self._device.configuration.beat_bytes

    def new(self, *, timeout: float | None = None) -> Iterator[Command]:
        """The commands of the next perturbation; `position` moves on behind the last of them."""
        self._last = self.position
        yield from self._commands(self._device.new, timeout)
        moved = self._beats * self._device.positions_a_beat - self._unused
        self.position = self._last + moved

    def replay(self, *, timeout: float | None = None) -> Iterator[Command]:
        """Those of the last one once more, bit for bit; of the one at the start before any `new`.

        It may also be one that was broken off.
        """
        yield from self._commands(self._device.replay, timeout)

    def _commands(self, command: Callable[..., None], timeout: float | None) -> Iterator[Command]:
        size = self._device.configuration.beat_bytes
        for first in range(0, self._beats, self._most):
            beats = min(self._most, self._beats - first)

            def give(first: int = first, beats: int = beats) -> None:
                self._prepare(first, timeout)
                command(beats, timeout=timeout)

            yield Command(beats=beats, first_byte=first * size, size=beats * size, give=give)

    def _prepare(self, first: int, timeout: float | None) -> None:
        """Has the command that begins with a beat of the perturbation start there."""
        device = self._device
        if self.loads:
            moved = first * device.positions_a_beat
            device.load_position(self._last + moved, timeout=timeout)
        elif device.configuration.unused:
            device.set_unused(self._unused)
