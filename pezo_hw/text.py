"""Text that may be shown anywhere: on any terminal, in ASCII where it must be, and in Markdown."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

ERRORS = "pezo.ascii"
"""The name of the error handler for encoding, as ``errors=`` takes it."""

NOTHING = "–"
"""What stands in a cell that has no figure."""

_IN_ASCII = {
    "−": "-",
    "–": "-",
    "‐": "-",
    "×": "x",
    "·": "*",
    "±": "+-",
    "…": "...",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "∞": "inf",
    "²": "^2",
    "“": '"',
    "”": '"',
    "’": "'",
    "ε": "epsilon",
    "η": "eta",
    "σ": "sigma",
    "µ": "u",
    "μ": "u",
    "•": "*",
}
_LINE_ENDS = re.compile(r"[ \t\r\n]+")
_MARKS = re.compile(r"[\\`*|<&\[]")
_BOXES = range(0x2500, 0x2580)
_STRAIGHT = {**dict.fromkeys("─━┄┅┈┉═╌╍╴╶╸╺╼╾", "-"), **dict.fromkeys("│┃┆┇┊┋║╎╏╵╷╹╻╽╿", "|")}
_BLOCKS = range(0x2580, 0x25A0)


def printable(text: str) -> str:
    """The text in one line, with every character that shows nothing of its own as an escape.

    Those are control characters, line ends, what changes the direction of writing, what has no
    width, spaces other than the usual one, and halves of surrogate pairs, as undecodable bytes of
    file names are. What is an escape already stays as it is.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else escape(sign) for sign in text)


def one_line(text: str) -> str:
    """A message of several lines in one, and `printable`."""
    return printable(_LINE_ENDS.sub(" ", text.strip(" \t\r\n")))


def escape(sign: str) -> str:
    r"""A character as Python writes it: ``\x1b``, ``\n``, ``\u202e``."""
    return sign.encode("unicode_escape").decode("ascii")


def in_encoding(text: str, encoding: str) -> str:
    """The text as a stream of that encoding shows it, so that its width is known beforehand."""
    return text.encode(encoding, ERRORS).decode(encoding, "replace")


def short_number(number: int) -> str:
    """A count with all of its digits below 10^9, from there on with two."""
    return f"{number:,}" if number < 10**9 else f"{Decimal(number):.2g}"


def count(number: float | None) -> str:
    """A count with all of its digits; a dash for None."""
    return NOTHING if number is None else f"{number:,.10g}"


def significant(number: float | None) -> str:
    """A figure with four digits, or all of those before the point; a dash for None."""
    if number is None:
        return NOTHING
    if number == 0 or abs(number) >= 1000:
        return f"{number:,.0f}"
    return f"{number:.4g}"


def in_markdown(text: str) -> str:
    r"""Text of somebody else's, a name for instance, so that Markdown shows it as it is.

    Examples
    --------
    >>> from pezo_hw.text import in_markdown
    >>> print(in_markdown("paper-opt"), in_markdown("a|<b>"))
    paper-opt a\|\<b>
    """
    return _MARKS.sub(r"\\\g<0>", text)


def table_lines(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1
) -> list[str]:
    """The lines of a Markdown table whose columns are right-aligned but for the first ``left``."""
    ruler = ["---"] * left + ["--:"] * (len(headings) - left)
    return [f"| {' | '.join(cells)} |" for cells in (headings, ruler, *rows)]


def _in_ascii(sign: str) -> str:
    """What stands for a character where it cannot be shown."""
    code = ord(sign)
    if code in _BOXES:
        return _STRAIGHT.get(sign, "+")
    if code in _BLOCKS:
        return "#"
    return _IN_ASCII.get(sign, escape(sign))


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_in_ascii, error.object[error.start : error.end])), error.end


codecs.register_error(ERRORS, _substitute)
