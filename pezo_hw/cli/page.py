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
        first, last = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, begin, rest = text.partition(first)
        _, end, after = rest.partition(last)
        if not begin or not end:
            allowed = f"allowed: a page with {first.strip()} … {last}"
            raise PezoError(f"{path}: the page has no place for the table; {allowed}")
        return Page(path=path, before=before + begin, after=end + after)

    def write(self, part: str) -> None:
        """Put lines, the last one with its end, in the part's place."""
        text = f"{self.before}{part}{self.after}"
        write_files(self.path.parent, {self.path.name: text})
