"""How the driver reaches the registers."""

from __future__ import annotations

import operator
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from .errors import ArgumentError, DeviceTimeoutError

Result = TypeVar("Result")


class MMIO(Protocol):
    """Anything with the two methods of ``pynq.MMIO``; offsets are in bytes, words of 32 bits."""

    def read(self, offset: int) -> int:
        """The register's word."""
        ...

    def write(self, offset: int, data: int) -> None:
        """Writes the register's word."""
        ...


def poll(attempt: Callable[[], Result | None], timeout: float, awaited: str) -> Result:
    """The first result of ``attempt`` that is not None.

    It is called at least once, and once more after the time is up, so that a process that was not
    scheduled meanwhile does not mistake that for the device's delay.

    Raises
    ------
    DeviceTimeoutError
        Naming what was awaited, after ``timeout`` seconds.
    """
    end = time.monotonic() + timeout
    while True:
        late = time.monotonic() >= end
        result = attempt()
        if result is not None:
            return result
        if late:
            raise DeviceTimeoutError(f"{awaited} did not come; allowed: within {timeout:g} s")


def integer(name: str, value: object, low: int, high: int) -> int:
    """A plain integer from ``low`` to ``high``; NumPy's are taken as well.

    Raises
    ------
    ArgumentError
        Naming it, what was given and what is allowed.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if isinstance(value, bool) or not low <= number <= high:
        allowed = f"an integer from {low} to {high}"
        raise ArgumentError(f"{name} = {value} is not allowed; allowed: {allowed}")
    return number
