"""A device under Linux, by its file: registers that are mapped, and an interrupt that is awaited.

What ``generic-uio`` makes of a node in the device tree is a file such as ``/dev/uio0``: mapped, it
is the registers; read, it waits for the interrupt. Nothing else is needed, PYNQ neither.
"""

from __future__ import annotations

import math
import mmap
import os
import select
import sys
from pathlib import Path

import numpy as np

from .deadline import checked_seconds
from .errors import ArgumentError, DeviceTimeoutError, NotFoundError

_CLASS = Path("/sys/class/uio")
_SPACE = 4096
_MOST_SECONDS = 2**31 // 1000 - 1  # what poll can count; who waits longer waits for ever


def uio_device(name: str, listed: Path = _CLASS) -> str:
    """The file of the device that a node's ``linux,uio-name`` or own name is.

    Raises
    ------
    NotFoundError
        Where there is none, or more than one.
    """
    names = {path.parent.name: path.read_text().strip() for path in sorted(listed.glob("*/name"))}
    found = [device for device, own in names.items() if own == name]
    if len(found) != 1:
        known = ", ".join(dict.fromkeys(names.values())) or "none is there"
        raise NotFoundError(
            f"name = {name} is of {len(found)} UIO devices; allowed: one of {known}"
        )
    return f"/dev/{found[0]}"


class MappedRegisters:
    """The registers behind a file, in words of 32 bits; an `MMIO`.

    Parameters
    ----------
    path : str or Path
        A UIO device, or another file that can be mapped.
    offset : int
        Where they begin in it, a multiple of the page's size: 0 for a UIO device's first map.

    Raises
    ------
    OSError
        Where the file cannot be opened or mapped.
    """

    def __init__(self, path: str | Path, offset: int = 0) -> None:
        file = os.open(path, os.O_RDWR | os.O_SYNC | os.O_NOCTTY)
        try:
            self._map = mmap.mmap(file, _SPACE, offset=offset)
        finally:
            os.close(file)
        # An element of such an array is one access of the processor.
        self._words = np.frombuffer(self._map, dtype=np.uint32)

    def read(self, offset: int) -> int:
        """The register's word."""
        return int(self._words[_index(offset)])

    def write(self, offset: int, data: int) -> None:
        """Writes the register's word."""
        self._words[_index(offset)] = data

    def close(self) -> None:
        """Unmaps them; nothing is read or written after that."""
        del self._words
        self._map.close()


def _index(offset: int) -> int:
    if not 0 <= offset < _SPACE or offset % 4:
        allowed = f"a multiple of 4 from 0 to {_SPACE - 4}"
        raise ArgumentError(f"offset = {offset} is not allowed; allowed: {allowed}")
    return offset // 4


class InterruptLine:
    """The interrupt of a UIO device, which the kernel masks each time that it comes.

    Parameters
    ----------
    path : str or Path
        The device.

    Raises
    ------
    OSError
        Where it cannot be opened.
    """

    def __init__(self, path: str | Path) -> None:
        # A terminal would become this process's own, and end it when it is closed.
        self._file = os.open(path, os.O_RDWR | os.O_NOCTTY)

    def fileno(self) -> int:
        """For an event loop; it is readable once an interrupt has come since `arm`."""
        return self._file

    def arm(self) -> None:
        """Lets the next interrupt through; one that is high already comes at once."""
        os.write(self._file, (1).to_bytes(4, sys.byteorder))

    def wait(self, timeout: float) -> int:
        """Arms the line, waits, and says how many interrupts there were since the system started.

        The line is high until the driver has cleared what raised it, with `wait_for` for one.

        Raises
        ------
        DeviceTimeoutError
            Where none came in so many seconds, which may be infinite.
        ArgumentError
            For a ``timeout`` that is no number of seconds.
        """
        seconds = checked_seconds(timeout)
        # Not select, which takes none but a process's first 1024 files.
        line = select.poll()
        line.register(self._file, select.POLLIN)
        self.arm()
        if not line.poll(None if seconds > _MOST_SECONDS else math.ceil(seconds * 1000)):
            raise DeviceTimeoutError(f"no interrupt in {timeout} seconds")
        return int.from_bytes(os.read(self._file, 4), sys.byteorder)

    def close(self) -> None:
        """Closes the file."""
        os.close(self._file)
