"""A Markdown page with a part in it that a command writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import PezoError
from ..tools.files import read_text, write_files

_LARGEST = 1 << 24


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands around such a part.

    Attributes
    ----------
    path : Path
        The page.
    name : str
        The part's.
    before, after : str
        Its text up to the part's first marker line and from its last one on, both included.
    """

    path: Path
    name: str
    before: str
    after: str

    @staticmethod
    def read(path: Path, name: str) -> Page:
        """The page of a file, with the part between ``<!-- name -->`` and ``<!-- /name -->``.

        Raises
        ------
        PezoError
            Where it cannot be read, or has no such part.
        """
        try:
            text = read_text(path, _LARGEST)
        except OSError as error:
            raise PezoError(f"{path}: {error.strerror}") from None
        return Page.of(path, text, name)

    @staticmethod
    def of(path: Path, text: str, name: str) -> Page:
        """The page that a text is, which may differ from what its file has by now.

        Raises
        ------
        PezoError
            Where it has no such part, or two.
        """
        first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
        # With the end of its line, of whatever kind.
        before, *found = re.split(rf"({re.escape(first)}[ \t]*\r?\n)", text)
        end, after = "", ""
        if len(found) == 2:
            _, end, after = found[1].partition(last)
        if not end:
            number = "more than one" if len(found) > 2 else "no"
            allowed = f"allowed: a page with {first} … {last}"
            raise PezoError(f"{path}: the page has {number} place for the table; {allowed}")
        return Page(path=path, name=name, before=before + found[0], after=end + after)

    def text(self, part: str) -> str:
        """The whole page with lines, the last one with its end, in the part's place."""
        ending = "\r\n" if self.before.endswith("\r\n") else "\n"
        lines = part.replace("\n", ending)
        return f"{self.before}{lines}{self.after}"

    def write(self, part: str) -> None:
        """Put the part in its place in the file, around which much may have changed by now.

        Raises
        ------
        PezoError
            As `read`, and where the file system refuses.
        """
        now = Page.read(self.path, self.name)
        write_files(self.path.parent, {self.path.name: now.text(part)})
