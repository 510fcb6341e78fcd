"""A file of JSON to which lines are added: what is written is whole, and stays."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from ..errors import PezoError
from .files import read_bounded
from .plain_data import parse_json

_MOST_BYTES = 1 << 28
# What reading a value of another form raises.
_OTHER_FORM = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
_Made = TypeVar("_Made")


class JsonLines:
    """Lines of JSON, each of them on the disk once it has been added.

    A last line without an end is what an interruption, or a machine that went away, has left of
    one: it is not among the lines, and the next one takes its place.

    Parameters
    ----------
    path : Path
        Read if it is there, of no more than 256 MiB; made with the first line.

    Attributes
    ----------
    lines : list of str
        What was in the file.

    Raises
    ------
    PezoError
        Where it cannot be read, or is no regular file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from pezo_hw.tools.json_lines import JsonLines
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "runs.jsonl"
    ...     JsonLines(path).add([{"seed": 1}])
    ...     _ = path.write_bytes(path.read_bytes() + b'{"seed')
    ...     JsonLines(path).add([{"seed": 2}])
    ...     JsonLines(path).lines
    ['{"seed": 1}', '{"seed": 2}']
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        content = self._content()
        self._end = content.rfind(b"\n") + 1
        self.lines = content[: self._end].decode("utf-8", "replace").split("\n")[:-1]

    def values(self, make: Callable[[Any], _Made], allowed: str) -> list[_Made]:
        """What is made of each line's value.

        Parameters
        ----------
        make : callable
            Makes it, or raises one of the errors of data of another form.
        allowed : str
            What a line should be, for the error's.

        Raises
        ------
        PezoError
            For a line that is not JSON (see `parse_json`), or of which nothing can be made.
        """
        found = []
        for number, line in enumerate(self.lines, 1):
            try:
                found.append(make(parse_json(line)))
            except _OTHER_FORM:
                what = f"{self._path}: line {number} is damaged"
                raise PezoError(f"{what}; allowed: {allowed}") from None
        return found

    def add(self, values: Iterable[Any]) -> None:
        """Writes a line for each value, and down to the disk, behind those of other processes.

        Raises
        ------
        PezoError
            Where the file system refuses, or lines are gone that have been there.
        """
        text = "".join(json.dumps(value, allow_nan=False) + "\n" for value in values).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._opened() as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # whoever adds at this moment is soon done
                self._pass_over_others(file)
                file.seek(self._end)
                file.truncate()
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise PezoError(
                f"{self._path}: cannot be written ({error.strerror or error})"
            ) from None
        self._end += len(text)

    def _opened(self) -> BinaryIO:
        return os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")

    def _pass_over_others(self, file: BinaryIO) -> None:
        """Moves the end behind lines that another process has added by now."""
        if os.fstat(file.fileno()).st_size < self._end:
            raise OSError(errno.ESTALE, "it is shorter than it was: another program changes it")
        file.seek(self._end)
        self._end += file.read(_MOST_BYTES).rfind(b"\n") + 1

    def _content(self) -> bytes:
        try:
            return read_bounded(self._path, _MOST_BYTES) if self._path.exists() else b""
        except OSError as error:
            reason = error.strerror or error
            raise PezoError(f"{self._path}: cannot be read ({reason})") from None
