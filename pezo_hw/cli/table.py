"""Tables of which nothing is ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.box import HEAVY_HEAD, SQUARE
from rich.cells import cell_len
from rich.table import Table as RichTable
from rich.text import Text

from .terminal import room, screen, screen_text, write

Cell = str | Text


@dataclass(kw_only=True)
class Table:
    """Rows under headings, as a table where there is room for every word, else as records.

    A table that is too wide is made narrower by breaking cells and headings between words, those
    of the widest columns first. Where the longest words do not fit beside each other, every row
    becomes lines of ``heading: cell``, without its empty cells.

    Attributes
    ----------
    headings : sequence of str
        One for each column, some perhaps empty.
    title : str
        Printed above it.
    left : int
        How many columns, from the first, are aligned to the left; the others to the right.
    has_headings : bool
        Whether they are shown above the columns. If not, the first cell of a row is its name.
    has_lines : bool
        Whether there are lines around the cells.
    """

    headings: Sequence[str]
    title: str = ""
    left: int = 1
    has_headings: bool = True
    has_lines: bool = True
    _rows: list[tuple[Text, ...]] = field(default_factory=list)
    _sections: set[int] = field(default_factory=set)

    def row(self, *cells: Cell) -> None:
        """Add a row of one cell for each column; a `Text` keeps its style."""
        self._rows.append(tuple(screen_text(c) if isinstance(c, str) else c for c in cells))

    def section(self) -> None:
        """A line between the rows so far and those that follow."""
        self._sections.add(len(self._rows) - 1)

    def show(self) -> None:
        """Print it on standard output."""
        if self.title:
            write(screen_text(self.title, "bold"))
        headings = tuple(map(screen_text, self.headings))
        lines = [headings, *self._rows] if self.has_headings else self._rows
        columns = list(zip(*lines, strict=True))
        widths = _column_widths([_widths(column) for column in columns], room() - self._frame)
        if widths is None:
            self._show_records(headings)
        else:
            screen().print(self._as_table(headings, widths))

    @property
    def _frame(self) -> int:
        """Columns that lines and spaces take."""
        count = len(self.headings)
        return 3 * count + 1 if self.has_lines else count

    def _as_table(self, headings: tuple[Text, ...], widths: list[int]) -> RichTable:
        table = RichTable(
            show_header=self.has_headings,
            box=(HEAVY_HEAD if self.has_headings else SQUARE) if self.has_lines else None,
            padding=(0, 1) if self.has_lines else (0, 1, 0, 0),
        )
        for index, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            justify = "left" if index < self.left else "right"
            table.add_column(heading, justify=justify, width=width)  # type: ignore[arg-type]
        for index, row in enumerate(self._rows):
            table.add_row(*row, end_section=index in self._sections)
        return table

    def _show_records(self, headings: tuple[Text, ...]) -> None:
        for index, row in enumerate(self._rows):
            if index and self.has_headings:
                write("")
            if self.has_headings:
                for heading, cell in zip(headings, row, strict=True):
                    _write_entry(heading, cell)
            else:
                _write_entry(row[0], Text(" ").join(row[1:]))


def _write_entry(name: Text, cell: Text) -> None:
    if cell:
        write(name, ": " if name else "", cell)


def _widths(cells: Sequence[Text]) -> tuple[int, int]:
    """Columns that the longest word of some cells takes, and the longest cell."""
    texts = [cell.plain for cell in cells]
    longest_word = max((cell_len(word) for text in texts for word in text.split()), default=1)
    return longest_word, max(longest_word, *map(cell_len, texts))


def _column_widths(columns: list[tuple[int, int]], room: int) -> list[int] | None:
    """A width for each column, from its least and its most; None where the least do not fit.

    The widest that may give way do so first, one character at a time.
    """
    least, widths = [low for low, _ in columns], [high for _, high in columns]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        loose = [index for index, width in enumerate(widths) if width > least[index]]
        widest = max(loose, key=lambda index: widths[index])
        widths[widest] -= 1
    return widths
