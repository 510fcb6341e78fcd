"""A Liberty file, looked at before any tool reads it."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ..errors import ConfigError, PezoError
from ..tools.files import read_bounded, read_stream
from .liberty_numbers import cells_without_area, require_numbers

# A library of all corners of a foundry's cells has a few hundred megabytes.
_LARGEST_FILE = 1 << 29
_GZIP = b"\x1f\x8b"
# What has no say in how the groups nest, and may hold braces; in a group of its own what is never
# closed, up to the end, so that no end is looked for behind each of a million beginnings.
_PASSED_BY = re.compile(r'/\*.*?\*/|//[^\n]*+|"(?:[^"\\]|\\.)*+"|(/\*.*|".*)', re.DOTALL)
# Words and numbers, which mean the same without their quotes.
_SIMPLE = re.compile(r'"([\w\s.,+\\-]*+)"')
_NEVER_CLOSED = "never closed {"
_LIBRARY = re.compile(r"\A\s*library\s*\(\s*\S+\s*\)\s*\{")
_NAME = re.compile(r'\s*library\s*\(\s*"?([^\s()"]*)"?\s*\)')
_CELL = re.compile(r"\bcell\s*\(")
_FLIP_FLOP = re.compile(r"\bff\s*\(")
_POWER = re.compile(r"\b(?:rise_power|fall_power|power)\s*\([^(){}]*+\)\s*\{")
# Of line ends OpenSTA knows one kind, of white space Yosys not all.
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
_ALLOWED = "allowed: a Liberty file, plain or .gz, with flip-flops and internal power tables"


@dataclass(frozen=True, kw_only=True)
class Liberty:
    """A library of standard cells.

    Attributes
    ----------
    name : str
        As the library calls itself.
    text : str
        The file, with line ends and white space that every tool knows.
    without_area : frozenset of str
        The cells that do not say how large they are.
    """

    name: str
    text: str
    without_area: frozenset[str] = frozenset()

    @staticmethod
    def read(path: Path) -> Liberty:
        """The library in a file, unpacked where it is packed.

        Raises
        ------
        PezoError
            Where it cannot be read, is larger than half a gigabyte, is no Liberty or only its
            beginning, has no cells, no flip-flop or no tables of the power within cells, or has
            something else where a number ought to be.
        """
        text = _text(path)
        code = _PASSED_BY.sub(_without_comment, text)
        plain = _PASSED_BY.sub(_without_text, code)
        if not _LIBRARY.match(plain):
            raise PezoError(f"{path}: not a Liberty file; {_ALLOWED}")
        if _NEVER_CLOSED in plain or plain.count("{") != plain.count("}"):
            raise PezoError(
                f"{path}: its groups are not closed, as in a file cut short; {_ALLOWED}"
            )
        for what, pattern in (
            ("cells", _CELL),
            ("flip-flops", _FLIP_FLOP),
            ("internal power tables", _POWER),
        ):
            if not pattern.search(plain):
                raise PezoError(f"{path}: a library without {what}; {_ALLOWED}")
        try:
            require_numbers(plain)
        except ConfigError as error:
            raise PezoError(f"{path}: {error}") from None
        name = _NAME.match(code)
        return Liberty(
            name=name[1] if name else path.stem,
            text=text,
            without_area=cells_without_area(plain),
        )


def _text(path: Path) -> str:
    """The file's characters; of bytes that are no UTF-8 each is one of Latin-1, in a comment."""
    try:
        content = read_bounded(path, _LARGEST_FILE)
        if content.startswith(_GZIP):
            with gzip.GzipFile(fileobj=BytesIO(content)) as packed:
                content = read_stream(packed, _LARGEST_FILE, str(path))  # type: ignore[arg-type]
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise PezoError(f"{path}: not a whole gzip file; {_ALLOWED}") from None
    except OSError as error:
        raise PezoError(f"{path}: {error.strerror}; {_ALLOWED}") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if _CONTROL.search(text):
        what = "not a Liberty file, but no text at all, or not in UTF-8 or Latin-1"
        raise PezoError(f"{path}: {what}; {_ALLOWED}")
    return re.sub(r"\r\n?", "\n", text).replace("\f", " ").replace("\v", " ")


def _without_comment(found: re.Match[str]) -> str:
    return found[0] if found[1] or found[0].startswith('"') else " "


def _without_text(found: re.Match[str]) -> str:
    simple = _SIMPLE.fullmatch(found[0])
    return _NEVER_CLOSED if found[1] else simple[1] if simple else "quoted"
