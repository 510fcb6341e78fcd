"""How long a call may take."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from numbers import Real
from typing import TypeVar

from .errors import ArgumentError, DeviceTimeoutError, shown

Result = TypeVar("Result")


class Deadline:
    """The end of a call, from now.

    Whatever a call does is bounded by it, computing and writing as well as waiting, so that no
    device and no size of one makes it longer; a single access to the bus, and what a call computes
    between two looks at the clock, comes on top.

    Parameters
    ----------
    seconds : float
        What the whole call may take.
    patience : float, optional
        What anything that it awaits may take; as much as is left unless it says otherwise.
    """

    def __init__(self, seconds: float, patience: float | None = None) -> None:
        self._seconds = seconds
        self._patience = seconds if patience is None else patience
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then, 0 where the time is up."""
        return max(0.0, self._end - time.monotonic())

    def check(self, awaited: str) -> None:
        """Raises DeviceTimeoutError, naming what is not done, where the time is up."""
        if time.monotonic() >= self._end:
            raise _too_late(awaited, self._seconds)

    def poll(self, attempt: Callable[[], Result | None], awaited: str) -> Result:
        """The first result of ``attempt`` that is not None.

        It is called at least once, and once more after the time is up, so that a process that was
        not scheduled meanwhile does not mistake that for the device's delay.

        Raises
        ------
        DeviceTimeoutError
            Naming what was awaited.
        """
        end = min(self._end, time.monotonic() + self._patience)
        while True:
            late = time.monotonic() >= end
            result = attempt()
            if result is not None:
                return result
            if late:
                raise _too_late(awaited, self._seconds if end == self._end else self._patience)


def checked_seconds(value: object) -> float:
    """A timeout; raises ArgumentError for what is no number of seconds, 0 or more."""
    try:
        seconds = float(value) if isinstance(value, Real) else math.nan
    except OverflowError:
        seconds = math.nan
    if isinstance(value, bool) or not seconds >= 0:
        allowed = "a number of seconds, 0 or more"
        raise ArgumentError(f"timeout = {shown(value)} is not allowed; allowed: {allowed}")
    return seconds


def _too_late(awaited: str, seconds: float) -> DeviceTimeoutError:
    return DeviceTimeoutError(f"{awaited} did not come; allowed: within {seconds:g} s")
