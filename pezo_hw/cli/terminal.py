"""Where the commands print: the one place that knows the streams, their encoding and their width.

Whatever is printed goes through here and comes out whole: what an encoding lacks is written in
ASCII, what would steer a terminal is escaped, and lines end between words, if at all.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..text import ERRORS, in_encoding, printable

UNBOUNDED = 1 << 20
"""Columns of a line that nothing bounds."""

_WIDEST = 1 << 15
_WORD = re.compile(r"(\s*\S+)(\s*)")


def prepare_streams() -> None:
    """Makes every later output possible, whatever the encoding; to be called first.

    Sizes in the environment that are none are removed from it: libraries take them for numbers. So
    is Matplotlib's choice of a window: it draws files alone, and one that it does not know of ends
    its import.
    """
    os.environ.pop("MPLBACKEND", None)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=ERRORS)
    for name in ("COLUMNS", "LINES"):
        size = os.environ.get(name, "1")
        if not (size.isascii() and size.isdigit() and 0 < int(size[:6]) <= _WIDEST):
            del os.environ[name]


def drop_what_has_no_room() -> None:
    """Outputs that cannot be written are let go, when all has been said.

    What a full device did not take is still in its buffer, and Python, which tries once more at the
    end, would give that failure a status and a traceback of its own.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def room(stream: TextIO | None = None) -> int:
    """Columns for a line of standard output, or of another stream.

    COLUMNS decides, else the terminal; a file and a pipe do not bound a line.
    """
    stream = stream or sys.stdout
    if "COLUMNS" in os.environ:
        return int(os.environ["COLUMNS"])
    if stream is None or not stream.isatty():
        return UNBOUNDED
    try:
        return os.get_terminal_size(stream.fileno()).columns or UNBOUNDED
    except OSError:
        return UNBOUNDED


def screen() -> Console:
    """A console for standard output that prints text as it is, as wide as there is room."""
    return Console(width=room(), highlight=False, markup=False, emoji=False)


def progress_screen() -> Console:
    """A console for progress, on standard error."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def screen_text(text: str, style: str = "") -> Text:
    """Text as standard output can show it, in one line."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return Text(in_encoding(printable(text), encoding), style=style)


def write(*parts: str | Text) -> None:
    """A paragraph on standard output; lines end between words alone."""
    text = Text().join(screen_text(part) if isinstance(part, str) else part for part in parts)
    for line in in_lines(text, room()):
        screen().print(line, soft_wrap=True)


def in_lines(text: Text, columns: int) -> list[Text]:
    """The text broken between words; a word that is longer than ``columns`` stays whole."""
    lines = list(text.divide(_ends_of_lines(text.plain, columns)))
    for line in lines:
        line.rstrip()
    return lines


def _ends_of_lines(text: str, columns: int) -> list[int]:
    ends, used = [], 0
    for word in _WORD.finditer(text):
        width = cell_len(word[1])
        if used and used + width > columns:
            ends.append(word.start())
            used = 0
        used += width + cell_len(word[2])
    return ends


def write_raw(text: str) -> None:
    """Text that is a file, as it is: JSON, Markdown, TOML."""
    print(text, end="")


def say(text: str) -> None:
    """A line of its own on standard error, whatever its length; nothing where that is full."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(f"pezo: {printable(text)}", file=sys.stderr, flush=True)
