"""What the perturbation generator reports while it runs."""

from __future__ import annotations

from typing import Any

from . import registers as r
from .bus import MMIO, integer
from .configuration import Configuration
from .deadline import Deadline, checked_seconds
from .errors import require
from .opening import read_configuration
from .status import ALL_INTERRUPTS, Counters, Health, Interrupt, Status


class PerturbationMonitor:
    """The registers that tell what the device is and does, and nothing that moves its stream.

    Parameters
    ----------
    mmio : MMIO
        The registers.
    timeout : float
        Seconds that a call which waits may take, unless it says otherwise.

    Attributes
    ----------
    configuration : Configuration
        What the device says of itself.

    Raises
    ------
    NotFoundError
        Where the device is none that this driver knows, or has a constant that none can have.
    ArgumentError
        For a ``timeout`` that is no number of seconds.
    """

    def __init__(self, mmio: MMIO, *, timeout: float = 1.0) -> None:
        self._mmio = mmio
        self._timeout = checked_seconds(timeout)
        self.configuration: Configuration[Any] = read_configuration(mmio)

    def status(self) -> Status:
        """The flags as they are now."""
        return Status.of(self._mmio.read(r.STATUS.OFFSET))

    def counters(self) -> Counters:
        """Commands and beats since the last restart."""
        return Counters(
            perturbations=self._mmio.read(r.PERTURBATIONS.OFFSET),
            transfers=self._mmio.read(r.TRANSFERS.OFFSET),
        )

    def interrupts(self) -> Interrupt:
        """The events since they were last cleared."""
        return Interrupt.of(self._mmio.read(r.INTERRUPT_STATUS.OFFSET))

    def clear_interrupts(self, which: Interrupt = ALL_INTERRUPTS) -> None:
        """Forgets events."""
        self._mmio.write(r.INTERRUPT_STATUS.OFFSET, _mask(which))

    def enable_interrupts(self, which: Interrupt) -> None:
        """Which events raise ``irq``; all others no longer do."""
        self._mmio.write(r.INTERRUPT_ENABLE.OFFSET, _mask(which))

    def wait_for(self, which: Interrupt, *, timeout: float | None = None) -> Interrupt:
        """Returns once one of the events has come, and clears those of them that have.

        It polls; after an ``irq`` it returns at once.

        Raises
        ------
        DeviceTimeoutError
            Where none came.
        ArgumentError
            For what is no event.
        """
        wanted = Interrupt(_mask(which, 1))
        seen = self._deadline(timeout).poll(
            lambda: self.interrupts() & wanted or None, f"any of {wanted!r}"
        )
        self.clear_interrupts(seen)
        return seen

    def health(self) -> Health:
        """Faults noticed, and whether they are mended.

        Raises
        ------
        UnsupportedError
            Where the device does not look for any.
        """
        require(self.configuration.health, 'health = "flag" or "reload"')
        word = self._mmio.read(r.HEALTH.OFFSET)
        return Health(reload=r.HEALTH.RELOAD.set_in(word), faults=r.HEALTH.FAULTS.of(word))

    def set_reload(self, reload: bool) -> None:
        """Whether the device goes back to the perturbation's start after a fault."""
        require(self.configuration.reload, 'health = "reload"')
        self._mmio.write(r.HEALTH.OFFSET, r.HEALTH.RELOAD.mask * bool(reload))

    def _deadline(self, timeout: float | None) -> Deadline:
        return Deadline(self._timeout if timeout is None else checked_seconds(timeout))


def _mask(which: Interrupt, least: int = 0) -> int:
    """Events as bits; raises ArgumentError for others than there are."""
    return integer("which", which, least, int(ALL_INTERRUPTS))
