"""Files that appear whole or not at all, and files that are looked at before they are read."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from ..errors import PezoError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place on success and vanishes on failure.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    temporary = None
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.fchmod(handle, 0o666 & ~_umask())
        os.close(handle)
        yield Path(temporary)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise PezoError(f"{path}: cannot be written ({error.strerror or error})") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Writes every file into the folder (made where needed), or none where one cannot be.

    They are all written beside their places first, and then moved there in order.
    """
    with ExitStack() as places:
        for name, text in reversed(list(files.items())):
            temporary = places.enter_context(replacing(folder / name))
            temporary.write_text(text, encoding="utf-8", newline="\n")


def remove_files(paths: Iterable[Path]) -> None:
    """Removes files, those that are gone already included.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise PezoError(f"{path}: cannot be removed ({error.strerror or error})") from None


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file that holds no more than ``limit`` of them.

    It is looked at before it is read: a FIFO is not waited for, a device not drained, and of a
    file that is too large, or grows in the meantime, no more than the limit gets into memory.

    Raises
    ------
    OSError
        With the path and one line in ``strerror``, where it cannot be read or is none of that.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except ValueError:  # a NUL in the name
        raise OSError(errno.EINVAL, "not a file's name", str(path)) from None
    with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor is no path)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return read_stream(file, limit, str(path))


def read_stream(file: BinaryIO, limit: int, name: str) -> bytes:
    """The rest of an open file, a pipe for instance, of no more than ``limit`` bytes.

    Raises
    ------
    OSError
        With the name and one line in ``strerror``, where it cannot be read or holds more.
    """
    content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"more than {limit:,} bytes", name)
    return content


def read_text(path: Path, limit: int) -> str:
    """What `read_bounded` reads as UTF-8 text, a byte order mark left out.

    Raises
    ------
    OSError
        As `read_bounded`, and where it is other text or none.
    """
    content = read_bounded(path, limit)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OSError(errno.EILSEQ, "not UTF-8 text", str(path)) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
