"""Carries a load through: begin, words, effect."""

from __future__ import annotations

from collections.abc import Iterable

from . import registers as r
from .bus import MMIO
from .deadline import Deadline, checked_seconds
from .errors import LoadError
from .status import Interrupt, Status

# What computing and writing a word of a load takes at most, on a slow board.
_SECONDS_A_WORD = 1e-3
_CHECK_START = 0xFFFF
_OUTCOMES = Interrupt.LOAD_DONE | Interrupt.LOAD_REFUSED | Interrupt.DROPPED


class Loader:
    """Writes the words of loads, and says how they ended.

    A load clears ``LOAD_DONE``, ``LOAD_REFUSED`` and ``DROPPED`` of the interrupt status before it
    begins, and leaves them set by what happened.

    Parameters
    ----------
    mmio : MMIO
        The registers.
    timeout : float
        Seconds that a load may take for anything that it awaits, unless it says otherwise.
    """

    def __init__(self, mmio: MMIO, timeout: float) -> None:
        self._mmio = mmio
        self._timeout = timeout

    def deadline(self, timeout: float | None, words: int) -> Deadline:
        """The end of a load of so many words, from now; its ``timeout`` where that is given."""
        if timeout is not None:
            return Deadline(checked_seconds(timeout))
        return Deadline(self._timeout + words * _SECONDS_A_WORD, patience=self._timeout)

    def load(
        self, contents: bool, stages: Iterable[Iterable[int]], deadline: Deadline, accepted: str
    ) -> None:
        """Begins a load, writes the words of each stage, and waits until it is in use.

        Each stage ends with its check word. The device checks what it has after each stage before
        it goes on, and a load takes effect when no command is under way. ``accepted`` says in words
        what the device does not refuse.

        Raises
        ------
        LoadError
            Where the device refused it, and everything is as it was before, unless words of the
            second stage went wrong on their way: then it waits for a load of contents. Or where it
            could not take a write, because another load was taking effect or took the words.
        DeviceTimeoutError
            Where a stage, its words or the effect did not come in time.
        """
        self._mmio.write(r.INTERRUPT_STATUS.OFFSET, int(_OUTCOMES))
        self._mmio.write(r.LOAD_CONTROL.OFFSET, int(contents))
        for words in stages:
            deadline.poll(lambda: self._ready(accepted), "STATUS.load_ready")
            check = Check()
            for word in words:
                deadline.check("the last word of the load")
                check.take(word)
                self._mmio.write(r.LOAD_DATA.OFFSET, word)
            self._mmio.write(r.LOAD_DATA.OFFSET, check.word)
        deadline.poll(lambda: self._done(accepted), "INTERRUPT_STATUS.load_done")

    def _outcome(self, accepted: str) -> Interrupt:
        seen = Interrupt.of(self._mmio.read(r.INTERRUPT_STATUS.OFFSET))
        if Interrupt.LOAD_REFUSED in seen:
            raise LoadError(f"the load was refused; allowed: {accepted}")
        if Interrupt.DROPPED in seen:
            raise LoadError("a write of the load was dropped; allowed: one load at a time")
        return seen

    def _ready(self, accepted: str) -> bool | None:
        self._outcome(accepted)
        return Status.of(self._mmio.read(r.STATUS.OFFSET)).load_ready or None

    def _done(self, accepted: str) -> bool | None:
        return Interrupt.LOAD_DONE in self._outcome(accepted) or None


class Check:
    """Follows the words of a part; a device takes the part if its check word brings this back.

    A word is split into halves of 16 bits; rotations go round about in them.
    """

    def __init__(self) -> None:
        self._check = _CHECK_START

    def take(self, word: int) -> None:
        """The part's next word."""
        high = word >> 16
        self._check = self._turned() ^ (word & 0xFFFF) ^ high ^ _rotated(high, 1)

    @property
    def word(self) -> int:
        """The check word behind all words so far."""
        return self._turned() ^ _CHECK_START

    def _turned(self) -> int:
        return _rotated(self._check, 8) ^ _rotated(self._check, 5) ^ (self._check & 0x1F)


def _rotated(half: int, places: int) -> int:
    return (half << places | half >> (16 - places)) & 0xFFFF
