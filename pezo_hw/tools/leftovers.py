"""Temporary folders that killed processes have left, removed by those that come later.

Whoever works in such a folder holds a lock on it, which ends with the process, whatever ends that.
So a folder whose lock is free is nobody's.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

SUFFIX = "-tmp"
"""Ends the name of every folder that may be removed so."""

_NAME = re.compile(rf"pezo-(?:[a-z]+-)?[a-z0-9_]{{8}}{SUFFIX}")
_KEPT = "kept"
# Between making a folder and locking it.
_YOUNGEST_SECONDS = 60.0


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """While the block is carried out, nobody takes the folder for one that was left."""
    lock = hold(folder)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def keep(folder: Path) -> None:
    """Has the folder stay after this process."""
    with suppress(OSError):
        (folder / _KEPT).touch()


@cache
def sweep(root: Path) -> None:
    """Removes what this user's processes have left in a folder, once a process; says nothing."""
    with suppress(OSError), os.scandir(root) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name):
                _remove(Path(entry.path))


def _remove(folder: Path) -> None:
    """Remove one, unless it is somebody else's, in use, or kept."""
    with suppress(OSError):
        found = folder.lstat()
        is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        if not is_own or time.time() - found.st_mtime < _YOUNGEST_SECONDS:
            return
        lock = hold(folder)
        if lock is None:
            return
        try:
            if not (folder / _KEPT).exists():
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def hold(folder: Path) -> int | None:
    """A descriptor that locks a folder until it is closed; None where none is to be had."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened
