"""What has been measured, kept line by line, so that an end at any moment loses nothing of it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ..errors import PezoError
from ..tools.files import read_bounded
from ..tools.plain_data import parse_json
from .point import Figure

_LARGEST = 1 << 30
_SEAL = 16

Figures = Mapping[str, Figure]


class Journal:
    """A file of results that only grows: a line each, with a seal of its own.

    A line counts if its seal is that of its text. The last one may be cut, by a kill or a full
    disk: it is nothing then, and what follows begins on a line of its own. Results are found by a
    key of everything that decides them, so that those of another request do no harm.

    Attributes
    ----------
    known : dict of str to dict
        The results by their keys.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from pezo_hw.explore.journal import Journal
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "journal"
    ...     with Journal.open(path) as journal:
    ...         journal.add("a", {"lut": 32})
    ...     _ = path.write_bytes(path.read_bytes() + b"cut in the mid")
    ...     with Journal.open(path) as journal:
    ...         journal.add("b", {"lut": 64})
    ...     with Journal.open(path) as journal:
    ...         journal.known
    {'a': {'lut': 32}, 'b': {'lut': 64}}
    """

    def __init__(self, file: IO[bytes], path: Path, content: bytes) -> None:
        self._file = file
        self._path = path
        self.known: dict[str, Figures] = dict(_entries(content))
        if content and not content.endswith(b"\n"):
            self._write(b"\n")

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Journal]:
        """The journal of a file, made where there is none; nobody else's until the block ends.

        Raises
        ------
        PezoError
            Where the file system refuses, or another process has it open.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A FIFO is not waited for.
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK
            file = os.fdopen(os.open(path, flags, 0o666), "ab", buffering=0)
        except OSError as error:
            raise _cannot_be_kept(path, error) from None
        with file:
            _lock(file, path)
            try:
                content = read_bounded(path, _LARGEST)
            except OSError as error:
                raise _cannot_be_kept(path, error) from None
            yield cls(file, path, content)

    def add(self, key: str, figures: Figures) -> None:
        """Keep a result; it is in the file when this returns.

        Raises
        ------
        PezoError
            Where the file system refuses; what is in the file already stays.
        """
        text = json.dumps([key, figures], allow_nan=False).encode()
        self._write(_seal(text) + b" " + text + b"\n")
        self.known[key] = figures

    def _write(self, line: bytes) -> None:
        try:
            while line:  # a full disk may take a part
                line = line[os.write(self._file.fileno(), line) :]
        except OSError as error:
            raise _cannot_be_kept(self._path, error) from None


def _cannot_be_kept(path: Path, error: OSError) -> PezoError:
    return PezoError(f"{path}: cannot be kept ({error.strerror or error})")


def _lock(file: IO[bytes], path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        allowed = "allowed: one run at a time, or another folder"
        raise PezoError(f"{path.parent}: another run is writing there; {allowed}") from None


def _entries(content: bytes) -> Iterator[tuple[str, Figures]]:
    for line in content.split(b"\n"):
        seal, _, text = line.partition(b" ")
        if seal == _seal(text):
            with suppress(ValueError, TypeError):
                key, figures = parse_json(text)
                yield str(key), dict(figures)


def _seal(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:_SEAL].encode()
