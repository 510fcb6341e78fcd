"""A file of JSON to which lines are added: what is written is whole, and stays."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import PezoError
from .files import read_bounded

_MOST_BYTES = 1 << 28


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

    def add(self, values: Iterable[Any]) -> None:
        """Writes a line for each value, and down to the disk.

        Raises
        ------
        PezoError
            Where the file system refuses.
        """
        text = "".join(json.dumps(value, allow_nan=False) + "\n" for value in values).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("r+b" if self._path.exists() else "xb") as file:
                file.seek(self._end)
                file.truncate()
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            reason = error.strerror or error
            raise PezoError(f"{self._path}: cannot be written ({reason})") from None
        self._end += len(text)

    def _content(self) -> bytes:
        try:
            return read_bounded(self._path, _MOST_BYTES) if self._path.exists() else b""
        except OSError as error:
            reason = error.strerror or error
            raise PezoError(f"{self._path}: cannot be read ({reason})") from None
