"""Folders that are not the user's: for what is temporary, and for what is kept."""

from __future__ import annotations

import atexit
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from ..errors import PezoError
from .leftovers import SUFFIX, held, hold, sweep

_NAME = "pezo_hw"
_PLAIN = re.compile(r"[A-Za-z0-9_.+@/-]+")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_SYSTEMS_PLACES = ("/tmp", "/var/tmp", "/usr/tmp", "/dev/shm")


def temporary_root() -> Path:
    """Where temporary folders are made: ``$TMPDIR`` where that can be, else the system's place.

    Raises
    ------
    PezoError
        Where none can be written to.
    """
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        remedy = "allowed: TMPDIR set to a folder that can be written to"
        raise PezoError(f"there is no folder for temporary files; {remedy}") from None


def plain_root() -> Path:
    """`temporary_root` where its name is plain, else a place of the system's that is.

    Raises
    ------
    PezoError
        Where there is none.
    """
    chosen = temporary_root()
    for root in (chosen, *map(Path, _SYSTEMS_PLACES)):
        if _PLAIN.fullmatch(str(root)) and root.is_dir() and os.access(root, os.W_OK | os.X_OK):
            return root
    remedy = "allowed: TMPDIR with a name of ASCII letters, digits and _ - . + @ / alone"
    raise PezoError(f"{chosen}: some programs cannot carry this name; {remedy}")


def new_temporary_folder(prefix: str = "pezo-", suffix: str = "") -> Path:
    """A new temporary folder that stays.

    Raises
    ------
    PezoError
        Where it cannot be made.
    """
    root = temporary_root()
    try:
        return Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=root))
    except OSError as error:
        remedy = "allowed: TMPDIR set to a folder that can be written to"
        raise PezoError(f"{root}: {error.strerror}; {remedy}") from None


@contextmanager
def temporary_folder(prefix: str = "pezo-") -> Iterator[Path]:
    """A `new_temporary_folder` that goes again, with everything in it.

    Where this process is killed, a later one removes it.

    Raises
    ------
    PezoError
        Where it cannot be made, or there is no room for what is put into it.
    """
    sweep(temporary_root())
    folder = new_temporary_folder(prefix, SUFFIX)
    try:
        with held(folder):
            yield folder
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        remedy = "allowed: TMPDIR naming a folder with room"
        raise PezoError(f"{error.filename or folder}: {error.strerror}; {remedy}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cache_folder() -> Path | None:
    """``$PEZO_CACHE_DIR``, else the user's cache folder on this system; None without a home."""
    if chosen := os.environ.get("PEZO_CACHE_DIR"):
        return Path(chosen).absolute()
    if local := os.environ.get("LOCALAPPDATA"):
        return Path(local) / _NAME / "Cache"
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if sys.platform != "darwin" and given.is_absolute():
        return given / _NAME
    home = _home()
    if home is None:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / _NAME


def _home() -> Path | None:
    """The user's home; an empty or relative ``HOME`` is none."""
    if "HOME" in os.environ:
        home = Path(os.environ["HOME"])
    else:
        try:
            home = Path.home()
        except RuntimeError:
            return None
    return home if home.is_absolute() else None


@cache
def kept_folder() -> Path:
    """`cache_folder`; where that cannot be written to, one that lasts as long as the process.

    For what has to lie somewhere; what is only worth keeping asks `cache_folder`.
    """
    folder = cache_folder()
    if folder is not None and _writable(folder):
        return folder
    instead = new_temporary_folder("pezo-cache-", SUFFIX)
    hold(instead)
    atexit.register(shutil.rmtree, instead, ignore_errors=True)
    return instead


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"?")
    except OSError:
        return False
    return True
