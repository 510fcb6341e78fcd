"""``pezo table6``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from ..errors import ConfigError, PezoError
from ..synth import Cache, cache_folder
from ..synth.table6 import HEADINGS, TABLE_ROWS, Comparison, markdown, notes, with_table
from ..synth.table6 import table6 as compare
from ..tools.files import read_text, write_files
from .common import FILE, JSON, write_json
from .progress import counting
from .table import Table
from .terminal import write, write_raw

_LARGEST_PAGE = 1 << 24


@click.command()
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
@JSON
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write the Markdown to a file.")
@click.option("--into", type=FILE, metavar="FILE", help="Replace the table in a Markdown page.")
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
def table6(
    as_markdown: bool, as_json: bool, output: Path | None, into: Path | None, no_cache: bool
) -> None:
    """Measure the paper's table 6, and the rows beyond it, beside the paper's figures.

    Example: pezo table6 --markdown
    """
    if as_json and as_markdown:
        raise ConfigError("--json", True, "without --markdown: one of them is printed")
    page = None if into is None else _page(into)
    cache = Cache(folder=None if no_cache else cache_folder())
    with counting("measuring", len(TABLE_ROWS), "rows") as progress:
        (task,) = progress.task_ids
        table = compare(cache=cache, on_row=lambda: progress.advance(task))
    if output is not None:
        write_files(output.parent, {output.name: markdown(table)})
    if into is not None and page is not None:
        write_files(into.parent, {into.name: with_table(page, table)})
    if as_json:
        rows = [row.as_dict() for row in table]
        write_json(rows)
    elif as_markdown:
        write_raw(markdown(table))
    elif output is None and into is None:
        _print(table)


def _page(path: Path) -> str:
    """The page's text, once it is known to have a place for the table."""
    try:
        page = read_text(path, _LARGEST_PAGE)
    except OSError as error:
        raise PezoError(f"{path}: {error.strerror}") from None
    with_table(page, [])
    return page


def _print(table: list[Comparison]) -> None:
    title = "table 6: ours / the paper's = ratio"
    output = Table(title=title, headings=HEADINGS, has_lines=False)
    for row in table:
        output.row(*row.cells)
    output.show()
    for note in notes(table):
        write(note)
