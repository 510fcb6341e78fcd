"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table_lines(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1
) -> list[str]:
    """The lines of a table whose columns are right-aligned but for the first ``left``."""
    ruler = ["---"] * left + ["--:"] * (len(headings) - left)
    return [f"| {' | '.join(cells)} |" for cells in (headings, ruler, *rows)]
