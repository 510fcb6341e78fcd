"""Folders for work in between."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import PezoError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def working_folder() -> Iterator[Path]:
    """A new folder among the system's temporary ones, gone with all that is in it afterwards.

    Raises
    ------
    PezoError
        Where it cannot be made, or there is no room for what is put into it.
    """
    made = False
    try:
        with tempfile.TemporaryDirectory(prefix="pezo-", ignore_cleanup_errors=True) as name:
            made = True
            yield Path(name)
    except OSError as error:
        if made and error.errno not in _NO_ROOM:
            raise
        place = error.filename or "the folder for temporary files"
        remedy = "allowed: TMPDIR naming a folder with room, where you may write"
        raise PezoError(f"{place}: {error.strerror or error}; {remedy}") from None
