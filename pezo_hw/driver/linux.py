"""A device under Linux, by its file: registers that are mapped, and an interrupt that is awaited.

What ``generic-uio`` makes of a node in the device tree is a file such as ``/dev/uio0``: mapped, it
is the registers; read, it waits for the interrupt. Nothing else is needed, PYNQ neither.
"""

from __future__ import annotations

import errno
import math
import mmap
import os
import select
import sys
from pathlib import Path

import numpy as np

from .bus import any_integer, integer
from .deadline import checked_seconds
from .errors import ArgumentError, DeviceTimeoutError, NotFoundError, shown

_CLASS = Path("/sys/class/uio")
_SPACE = 4096
_LARGEST_OFFSET, _LARGEST_WORD = (1 << 62), (1 << 32) - 1
_COUNT_BYTES = 4
# What poll can count, in milliseconds; longer is for ever.
_LONGEST_SECONDS = (1 << 31) // 1000 - 1


def uio_device(name: str, listed: Path = _CLASS) -> str:
    """The file of the device that a node's ``linux,uio-name`` or own name is.

    Raises
    ------
    NotFoundError
        Where there is none, or more than one.
    """
    names = {path.parent.name: _line_of(path) for path in sorted(listed.glob("*/name"))}
    found = [device for device, own in names.items() if own == name]
    if len(found) != 1:
        known = ", ".join(dict.fromkeys(names.values())) or "none is there"
        raise NotFoundError(
            f"name = {name} is of {len(found)} UIO devices; allowed: one of {known}"
        )
    return f"/dev/{found[0]}"


def _line_of(path: Path) -> str:
    """The text of a small file, nothing where it has just gone."""
    try:
        return path.read_bytes().decode("utf-8", "replace").strip() if path.is_file() else ""
    except OSError:
        return ""


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
        Where the file cannot be opened or mapped, or is too short.
    ArgumentError
        For an offset that can be none.
    """

    def __init__(self, path: str | Path, offset: int = 0) -> None:
        offset = integer("offset", offset, 0, _LARGEST_OFFSET)
        if offset % mmap.ALLOCATIONGRANULARITY:
            allowed = f"a multiple of {mmap.ALLOCATIONGRANULARITY}"
            raise ArgumentError(f"offset = {offset} is not allowed; allowed: {allowed}")
        file = os.open(path, os.O_RDWR | os.O_SYNC | os.O_NOCTTY)
        try:
            self._map = mmap.mmap(file, _SPACE, offset=offset)
        except ValueError:
            reason = f"shorter than the {_SPACE} bytes of the registers"
            raise OSError(errno.EINVAL, reason, str(path)) from None
        finally:
            os.close(file)
        # An element of such an array is one access of the processor.
        self._words = np.frombuffer(self._map, dtype=np.uint32)

    def read(self, offset: int) -> int:
        """The register's word."""
        return int(self._words[self._index(offset)])

    def write(self, offset: int, data: int) -> None:
        """Writes the register's word."""
        self._words[self._index(offset)] = integer("data", data, 0, _LARGEST_WORD)

    def close(self) -> None:
        """Unmaps them; to read or write after that raises ArgumentError."""
        self._words = np.zeros(0, dtype=np.uint32)
        self._map.close()

    def _index(self, offset: int) -> int:
        if self._map.closed:
            raise ArgumentError("registers that are closed are not allowed; allowed: new ones")
        place = any_integer("offset", offset)
        if not 0 <= place < _SPACE or place % 4:
            allowed = f"a multiple of 4 from 0 to {_SPACE - 4}"
            raise ArgumentError(f"offset = {shown(offset)} is not allowed; allowed: {allowed}")
        return place // 4


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
        NotFoundError
            Where the file is no UIO device: it says less than a number.
        """
        seconds = checked_seconds(timeout)
        # Not select, which takes none but a process's first 1024 files.
        line = select.poll()
        line.register(self._file, select.POLLIN)
        self.arm()
        if not line.poll(None if seconds > _LONGEST_SECONDS else math.ceil(seconds * 1000)):
            raise DeviceTimeoutError(f"no interrupt in {seconds:g} seconds")
        count = os.read(self._file, _COUNT_BYTES)
        if len(count) < _COUNT_BYTES:
            raise NotFoundError("the interrupt's file has no count; allowed: a UIO device")
        return int.from_bytes(count, sys.byteorder)

    def close(self) -> None:
        """Closes the file."""
        os.close(self._file)
