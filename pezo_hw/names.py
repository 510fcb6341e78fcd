"""Identifiers that follow a configuration's name, so that any two can share a design.

What is generated of a configuration goes by one identifier: its modules, its files, the macros of
its C header, and what Vivado and FuseSoC know it as.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from .errors import PezoError

LONGEST_TOP = 64
PREFIX = "pezo"
# What the names derived from a top end in: its system, its testbench.
ENDINGS = ("stream", "replay", "axi", "tb")

_CHECKSUM_DIGITS = 8
# The longest that is put behind a stem.
_STEM = LONGEST_TOP - len("_stream")
_ENDING = re.compile(rf"_({'|'.join(ENDINGS)})$", re.IGNORECASE)
_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE | re.ASCII)


def stem_of(name: str) -> str:
    """``pezo_`` and the name with every run of other characters than letters and digits as ``_``.

    So ``paper-roberta`` becomes ``pezo_paper_roberta``. There is never a ``__`` in it, which is
    what sets the inner modules of a core apart. Eight hexadecimal digits of the name's SHA-256 are
    put behind it where it would say too little or too much: where letters beyond ASCII are lost,
    where it is cut, so that a top has no more than 64 characters, and where it ends in one of
    `ENDINGS`, since ``mine-stream`` is not the stream of ``mine``.
    """
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
    stem = f"{PREFIX}_{plain}".rstrip("_")
    clear = name.isascii() and plain and not _ENDING.search(plain)
    if clear and len(stem) <= _STEM:
        return stem
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    kept = stem[: _STEM - _CHECKSUM_DIGITS - 1].rstrip("_")
    return f"{kept}_{digest[:_CHECKSUM_DIGITS]}"


def require_distinct(names: Sequence[str]) -> None:
    """Checks that configurations of these names can lie side by side.

    Upper and lower case are one: some file systems take them so.

    Raises
    ------
    PezoError
        Naming the first two that cannot.
    """
    allowed = "allowed: configs whose names differ in letters or digits"
    seen: dict[str, str] = {}
    for name in names:
        stem = stem_of(name)
        other = seen.get(stem.casefold())
        if other == name:
            raise PezoError(f"CONFIG {name} is given twice; {allowed}")
        if other is not None:
            raise PezoError(f"CONFIG {other} and {name} would both be {stem}; {allowed}")
        seen[stem.casefold()] = name


def is_file_name_everywhere(stem: str) -> bool:
    """Whether files of that name, whatever their ending, can be on Windows too."""
    return not _WINDOWS_DEVICE.fullmatch(stem)


def macro_of(top: str, name: str) -> str:
    """A C macro of a top: ``TOP_NAME``.

    The top's upper case would be that of another top as well where it has some of its own; it is
    then kept as it is and the rest in lower case, ``Top_name``.
    """
    return f"{top}_{name}".upper() if top == top.lower() else f"{top}_{name.lower()}"
