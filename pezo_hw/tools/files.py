"""Files that appear whole or not at all, and files that are looked at before they are read."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import PezoError
from .folders import temporary_folder
from .plain_data import parse_json
from .special_files import is_special, write_through

# Of a name that is as long as the file system allows, the temporary one takes the beginning.
_LONGEST_PREFIX = 32
# Tcl and Verilog use the $ of string.Template themselves, and Verilog @ as well, but not with {.
_PLACE_TO_FILL = re.compile(r"@\{(\w+)\}")
# A FIFO is not waited for, and a terminal does not become this process's own.
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path that becomes ``path`` on success and vanishes on failure.

    A regular file is replaced in one step; a symbolic link stays, and what it leads to is replaced.
    A FIFO, a device and an open file (``/dev/stdout``) are written through once all is there.

    Raises
    ------
    PezoError
        Where the file system refuses, or for a folder or block device.
    """
    try:
        if is_special(path):
            with temporary_folder() as folder:
                temporary = folder / "output"
                temporary.touch()
                yield temporary
                try:
                    write_through(temporary, path)
                except OSError as error:
                    raise _cannot_be_written(path, error) from None
        else:
            with _beside(Path(os.path.realpath(path))) as temporary:
                yield temporary
    except OSError as error:
        raise _cannot_be_written(path, error) from None


def require_place(path: Path) -> None:
    """Refuses a new file early: below what is no folder, or in one that may not be written to.

    What exists may be a device or a link, and is left to `replacing`.

    Raises
    ------
    PezoError
        As `replacing` would raise it later.
    """
    if not os.path.lexists(path):
        _require_room_in(next((f for f in path.parents if os.path.lexists(f)), Path()), path)


def require_folder(path: Path) -> None:
    """Refuses a folder of outputs early: where something else is, or none can be made.

    Raises
    ------
    PezoError
        As `write_files` would raise it later.
    """
    _require_room_in(next((f for f in (path, *path.parents) if os.path.lexists(f)), Path()), path)


def _require_room_in(folder: Path, path: Path) -> None:
    """Checks that something new can be in a folder, or raises that the path cannot be written."""
    try:
        if not folder.is_dir():
            raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        if folder.stat().st_nlink == 0:  # the current one, which somebody has removed
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    except OSError as error:
        raise _cannot_be_written(path, error) from None


def _cannot_be_written(path: Path, error: OSError) -> PezoError:
    return PezoError(f"{path}: cannot be written ({error.strerror or error})")


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A temporary file in the folder of a regular one, whose place it takes."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{path.name[:_LONGEST_PREFIX]}."
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=prefix)
        os.fchmod(handle, 0o666 & ~_umask())
        os.close(handle)
        yield Path(temporary)
        Path(temporary).replace(path)
        temporary = None
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


def open_regular(path: Path) -> BinaryIO:
    """A regular file opened for reading; a FIFO is not waited for, and a device not touched.

    Raises
    ------
    OSError
        With the path and one line in ``strerror``, where it cannot be opened or is something else.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _WITHOUT_WAITING)
    except ValueError:  # a NUL in the name
        raise OSError(errno.EINVAL, "not a file's name", str(path)) from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "not a regular file", str(path))


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of no more than ``limit``; no more than that is ever in memory.

    Raises
    ------
    OSError
        As `open_regular`, and where it holds more.
    """
    with open_regular(path) as file:
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


def read_json(path: Path, limit: int) -> Any:
    """What JSON text in a file says, read as `read_text` does.

    Raises
    ------
    OSError
        As `read_text`, and where `parse_json` refuses it.
    """
    text = read_text(path, limit)
    try:
        return parse_json(text)
    except ValueError:
        raise OSError(errno.EILSEQ, "not JSON", str(path)) from None


def fill_template(template: Path, **values: object) -> str:
    """The text of a template file with its ``@{name}`` filled in.

    Raises
    ------
    KeyError
        For a name in the template that has no value.
    """
    return _PLACE_TO_FILL.sub(lambda found: str(values[found[1]]), template.read_text("utf-8"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
