"""The commands for perturbations, from the processor's side."""

from __future__ import annotations

from . import registers as r
from .bus import integer
from .deadline import Deadline
from .errors import LoadNeededError, require
from .monitor import PerturbationMonitor
from .status import Interrupt


class PerturbationCommands(PerturbationMonitor):
    """The next perturbation, or the last one again.

    Parameters, attributes and errors are those of `PerturbationMonitor`.
    """

    def new(self, beats: int, *, timeout: float | None = None) -> None:
        """Commands the next perturbation, once the device is ready for a command.

        Returns when the command is taken; the beats follow on ``m_axis`` as fast as they are taken
        there. Clears `Interrupt.DONE` and `Interrupt.DROPPED` first, so that ``DONE`` is about
        this command.

        Raises
        ------
        ArgumentError
            For a number of beats that a command cannot ask for.
        DeviceTimeoutError
            Where the command before it did not end in time: nobody takes its beats.
        LoadNeededError
            Where the device waits for contents.
        """
        self._command(beats, 0, timeout)

    def replay(self, beats: int, *, timeout: float | None = None) -> None:
        """Commands the last perturbation once more; otherwise as `new`.

        Before the first `new` it starts at cycle 0, and after a load where that says.
        """
        self._command(beats, 1, timeout)

    def set_unused(self, unused: int) -> None:
        """How many numbers of every command's last beat, from now on, start the next perturbation.

        `Configuration.unused_for` says it for a size. It stays over a restart.

        Raises
        ------
        UnsupportedError
            Where every perturbation starts on a fresh beat.
        ArgumentError
            For as many as a beat has, or more.
        """
        require(self.configuration.unused, 'storage = "copies" and leftover = "number"')
        unused = integer("unused", unused, 0, self.configuration.most_unused)
        self._mmio.write(r.UNUSED.OFFSET, unused)

    def _command(self, beats: int, replay: int, timeout: float | None) -> None:
        beats = integer("beats", beats, 1, self.configuration.most_beats)
        deadline = self._deadline(timeout)
        self._mmio.write(r.BEATS.OFFSET, beats)

        def attempt() -> bool | None:
            status = self.status()
            if status.load_needed and not status.load_busy:
                raise LoadNeededError("no command is taken; allowed: load the contents first")
            if not status.ready:
                return None
            self.clear_interrupts(Interrupt.DONE | Interrupt.DROPPED)
            self._mmio.write(r.COMMAND.OFFSET, replay)
            return Interrupt.DROPPED not in self.interrupts() or None

        deadline.poll(attempt, "STATUS.ready")

    def wait(self, *, timeout: float | None = None) -> None:
        """Returns once no command is under way: every beat has been taken.

        Raises
        ------
        DeviceTimeoutError
            Where beats were left.
        """
        self._wait(self._deadline(timeout))

    def _wait(self, deadline: Deadline) -> None:
        deadline.poll(lambda: not self.status().busy or None, "the last beat")
