"""Outputs that are no regular files: they are written through, never replaced."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import time
from pathlib import Path
from typing import BinaryIO

_MOST_LINKS = 40
_SECONDS_FOR_A_READER = 5.0
_POLL_SECONDS = 0.05


def is_special(path: Path) -> bool:
    """Whether an output has to be written through: a device, a FIFO, a descriptor of this process.

    Raises
    ------
    OSError
        For a folder or a block device, which are no place for an output.
    """
    if _descriptor_of(path) is not None:
        return True
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if stat.S_ISBLK(mode):
        raise OSError(errno.EINVAL, "a block device", str(path))
    return not stat.S_ISREG(mode)


def write_through(source: Path, path: Path) -> None:
    """Copies a file into an output that `is_special`.

    Whoever reads a FIFO has five seconds to open it.

    Raises
    ------
    OSError
        Where that fails, or nobody reads.
    """
    with source.open("rb") as file, _output(path) as output:
        shutil.copyfileobj(file, output)


def _descriptor_of(path: Path) -> int | None:
    """The number of an open file of this process that a path stands for, as ``/dev/stdout`` does.

    To open it anew would begin at its start, or empty it.
    """
    for _ in range(_MOST_LINKS):
        folder = os.path.realpath(path.parent)
        own = re.fullmatch(rf"/dev/fd|/proc/{os.getpid()}(/task/\d+)?/fd", folder)
        if own and path.name.isdecimal():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None


def _output(path: Path) -> BinaryIO:
    descriptor = _descriptor_of(path)
    if descriptor is None:
        return os.fdopen(_open_for_writing(path), "wb")
    sys.stdout.flush()
    sys.stderr.flush()
    return os.fdopen(os.dup(descriptor), "wb")


def _open_for_writing(path: Path) -> int:
    """A descriptor of a device, or of a FIFO once it is read."""
    patience = time.monotonic() + _SECONDS_FOR_A_READER
    while True:
        try:
            opened = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            if error.errno != errno.ENXIO or not path.is_fifo():
                raise
            if time.monotonic() > patience:
                raise OSError(errno.ENXIO, "nobody reads this FIFO", str(path)) from None
            time.sleep(_POLL_SECONDS)
        else:
            os.set_blocking(opened, True)
            return opened
