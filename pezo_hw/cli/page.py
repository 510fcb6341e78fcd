"""A Markdown page with a part in it that a command writes."""

from __future__ import annotations

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
    before, after : str
        Its text up to the part's first marker line and from its last one on, both included.
    """

    path: Path
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
            Where it has no such part.
        """
        first, last = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, begin, rest = text.partition(first)
        _, end, after = rest.partition(last)
        if not begin or not end:
            allowed = f"allowed: a page with {first.strip()} … {last}"
            raise PezoError(f"{path}: the page has no place for the table; {allowed}")
        return Page(path=path, before=before + begin, after=end + after)

    def text(self, part: str) -> str:
        """The whole page with lines, the last one with its end, in the part's place."""
        return f"{self.before}{part}{self.after}"

    def write(self, part: str) -> None:
        """Put the part in its place in the file."""
        write_files(self.path.parent, {self.path.name: self.text(part)})
