"""Where the text of a config comes from: a preset, a file, or a pipe.

A pipe is standard input, or what a shell opens for ``<(…)``.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from importlib import resources
from pathlib import Path

from ..errors import PezoError
from ..tools.files import read_text

_LARGEST = 1 << 20
_STANDARD_INPUT = ("-", "/dev/stdin")
_DESCRIPTOR = re.compile(r"/dev/fd/(\d{1,9})", re.ASCII)


def preset_names() -> list[str]:
    """The presets' names, in alphabetical order."""
    entries = resources.files(__package__).joinpath("presets").iterdir()
    return sorted(entry.name.removesuffix(".toml") for entry in entries)


def preset_text(name: str) -> str:
    """The TOML of a preset."""
    return resources.files(__package__).joinpath("presets", f"{name}.toml").read_text("utf-8")


def read_file(path: Path) -> str:
    """The text of a config file.

    Raises
    ------
    PezoError
        Where it cannot be read, is longer than a config may be, or has no name to go by.
    """
    allowed = f"a TOML file, - for standard input, or one of {', '.join(preset_names())}"
    try:
        if path.stem.strip(".") == "":
            raise PezoError(f"not the name of a config; allowed: {allowed}")
        return read_text(path, _LARGEST)
    except OSError as error:
        raise PezoError(f"{error.strerror}; allowed: {allowed}") from None


def name_of_pipe(source: str) -> str | None:
    """What a config from there is called: ``stdin``, or ``fd63`` of ``/dev/fd/63``; None if a path.

    A file whose name is ``-`` is to be written ``./-``.
    """
    if source in _STANDARD_INPUT or source == "/dev/fd/0":
        return "stdin"
    descriptor = _DESCRIPTOR.fullmatch(source)
    return f"fd{descriptor[1]}" if descriptor else None


def read_pipe(name: str) -> str:
    """The text of one of them up to its end.

    Raises
    ------
    PezoError
        Where it is closed, empty, longer than a config may be or not UTF-8.
    """
    try:
        content = _bytes_of(name, _LARGEST + 1)
        if len(content) > _LARGEST:
            raise PezoError(f"more than {_LARGEST:,} bytes; allowed: a TOML file's text")
        if not content:
            raise PezoError("it is empty; allowed: a TOML file's text, once")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PezoError("not UTF-8 text; allowed: a TOML file's text") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise PezoError(f"{reason}; allowed: a TOML file's text") from None


def _bytes_of(name: str, most: int) -> bytes:
    """What is in it, no more than ``most`` bytes; the descriptor is its owner's and stays open."""
    if name == "stdin":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "it is closed")
        return sys.stdin.buffer.read(most)
    with open(os.dup(int(name.removeprefix("fd"))), "rb") as file:  # noqa: PTH123
        return file.read(most)
