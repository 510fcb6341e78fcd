"""What the device reports while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

from . import registers as r


class Interrupt(IntFlag):
    """The events that INTERRUPT_STATUS keeps and that can raise ``irq``.

    ``DONE``: a command's last beat has been taken. ``DROPPED``: a write could not be taken.
    ``FAULT``: a bit has flipped in the lanes. ``RELOADED``: the perturbation's start is back after
    one. ``LOAD_DONE``: a load is in use. ``LOAD_REFUSED``: it was not acceptable.
    """

    NONE = 0
    DONE = r.INTERRUPT_STATUS.DONE.mask
    DROPPED = r.INTERRUPT_STATUS.DROPPED.mask
    FAULT = r.INTERRUPT_STATUS.FAULT.mask
    RELOADED = r.INTERRUPT_STATUS.RELOADED.mask
    LOAD_DONE = r.INTERRUPT_STATUS.LOAD_DONE.mask
    LOAD_REFUSED = r.INTERRUPT_STATUS.LOAD_REFUSED.mask

    @classmethod
    def of(cls, word: int) -> Interrupt:
        """From the register's word, without what other bits of it hold."""
        return cls(int(word) & ALL_INTERRUPTS.value)


# Not by inversion, which is negative before Python 3.11.
ALL_INTERRUPTS = Interrupt(sum(Interrupt))


@dataclass(frozen=True, kw_only=True)
class Status:
    """The flags of STATUS.

    Attributes
    ----------
    ready : bool
        A command would be taken.
    busy : bool
        A command is under way: its last beat has not been taken.
    load_busy : bool
        A load is under way.
    load_needed : bool
        What is stored is not whole, or not what a restart would start from.
    load_ready : bool
        Words of a load would be taken.
    """

    ready: bool
    busy: bool
    load_busy: bool
    load_needed: bool
    load_ready: bool

    @classmethod
    def of(cls, word: int) -> Status:
        """From the register's word."""
        return cls(
            ready=r.STATUS.READY.set_in(word),
            busy=r.STATUS.BUSY.set_in(word),
            load_busy=r.STATUS.LOAD_BUSY.set_in(word),
            load_needed=r.STATUS.LOAD_NEEDED.set_in(word),
            load_ready=r.STATUS.LOAD_READY.set_in(word),
        )


@dataclass(frozen=True, kw_only=True)
class Counters:
    """Since the last restart, each modulo 2^32.

    Attributes
    ----------
    perturbations : int
        Commands for a next perturbation.
    transfers : int
        Beats taken from ``m_axis``.
    """

    perturbations: int
    transfers: int


@dataclass(frozen=True, kw_only=True)
class Health:
    """Whether the lanes have kept their lockstep.

    Attributes
    ----------
    reload : bool
        Whether the device goes back to the perturbation's start after a fault.
    faults : int
        How many since the last restart, up to 65535.
    """

    reload: bool
    faults: int
