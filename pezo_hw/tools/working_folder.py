"""Folders for work in between."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import PezoError


@contextmanager
def working_folder() -> Iterator[Path]:
    """A new folder among the system's temporary ones, gone with all that is in it afterwards.

    Raises
    ------
    PezoError
        Where there is no room for it, or for what is put into it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="pezo-", ignore_cleanup_errors=True) as name:
            yield Path(name)
    except OSError as error:
        place = error.filename or "the folder for temporary files"
        remedy = "allowed: TMPDIR naming a folder with room, where you may write"
        raise PezoError(f"{place}: {error.strerror or error}; {remedy}") from None
