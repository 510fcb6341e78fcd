"""Configs that come through a pipe: standard input, and what a shell opens for ``<(…)``."""

from __future__ import annotations

import errno
import os
import re
import sys

from ..errors import PezoError

_STANDARD_INPUT = ("-", "/dev/stdin")
_DESCRIPTOR = re.compile(r"/dev/fd/(\d{1,9})", re.ASCII)


def name_of_open_file(source: str) -> str | None:
    """What a config from there is called: ``stdin``, or ``fd63`` of ``/dev/fd/63``; None if a path.

    A file whose name is ``-`` is to be written ``./-``.
    """
    if source in _STANDARD_INPUT or source == "/dev/fd/0":
        return "stdin"
    descriptor = _DESCRIPTOR.fullmatch(source)
    return f"fd{descriptor[1]}" if descriptor else None


def read_open_file(name: str, limit: int) -> str:
    """The text of one of them up to its end.

    Raises
    ------
    PezoError
        Where it is closed, empty, longer than ``limit`` bytes or not UTF-8.
    """
    try:
        content = _bytes_of(name, limit + 1)
        if len(content) > limit:
            raise PezoError(f"more than {limit:,} bytes; allowed: a TOML file's text")
        if not content:
            raise PezoError("it is empty; allowed: a TOML file's text, once")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PezoError("not UTF-8 text; allowed: a TOML file's text") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise PezoError(f"{reason}; allowed: a TOML file's text") from None


def _bytes_of(name: str, most: int) -> bytes:
    if name == "stdin":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "it is closed")
        return sys.stdin.buffer.read(most)
    with open(os.dup(int(name.removeprefix("fd"))), "rb") as file:  # noqa: PTH123
        return file.read(most)
