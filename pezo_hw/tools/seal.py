"""A seal at the end of a file: it is what was written, to the last bit, or it is nothing."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

_MARK = b"\npezo sealed "
_SEAL_BYTES = len(_MARK) + hashlib.sha256().digest_size


def seal(path: Path) -> None:
    """Adds the seal of all that is in a file to its end."""
    with path.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
        file.seek(0, os.SEEK_END)
        file.write(_MARK + digest)


def is_sealed(file: BinaryIO) -> bool:
    """Whether an open file ends with the seal of all before it; it stands at its start again."""
    size = file.seek(0, os.SEEK_END) - _SEAL_BYTES
    if size < 0:
        return False
    file.seek(size)
    found = file.read()
    file.seek(0)
    digest = hashlib.sha256()
    while size > 0 and (piece := file.read(min(size, 1 << 20))):
        digest.update(piece)
        size -= len(piece)
    file.seek(0)
    return size == 0 and found == _MARK + digest.digest()


def sealed(content: bytes) -> bytes:
    """Content with its seal."""
    return content + _MARK + hashlib.sha256(content).digest()


def unsealed(content: bytes) -> bytes:
    """What `sealed` was given.

    Raises
    ------
    ValueError
        Where it is not, to the last bit, what that gave.
    """
    inner = content[:-_SEAL_BYTES]
    if sealed(inner) != content:
        raise ValueError("the seal is broken")
    return inner
