"""``pezo table6``."""

from __future__ import annotations

import json
from pathlib import Path

import rich_click as click
from rich.console import JustifyMethod
from rich.table import Table

from ..errors import PezoError
from ..synth import Cache, cache_folder
from ..synth.table6 import HEADINGS, ROWS, Comparison, markdown, notes, with_table
from ..synth.table6 import table6 as compare
from ..tools.files import read_text, write_files
from .common import FILE, console, counting

_LARGEST_PAGE = 1 << 24


@click.command()
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write the Markdown to a file.")
@click.option("--into", type=FILE, metavar="FILE", help="Replace the table in a Markdown page.")
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
def table6(
    as_markdown: bool, as_json: bool, output: Path | None, into: Path | None, no_cache: bool
) -> None:
    """Measure the paper's table 6, and the rows beyond it, beside the paper's figures.

    Example: pezo table6 --markdown
    """
    page = None if into is None else _page(into)
    cache = Cache(folder=None if no_cache else cache_folder())
    with counting("measuring", ROWS, "rows") as progress:
        (task,) = progress.task_ids
        table = compare(cache=cache, on_row=lambda: progress.advance(task))
    if output is not None:
        write_files(output.parent, {output.name: markdown(table)})
    if into is not None and page is not None:
        write_files(into.parent, {into.name: with_table(page, table)})
    if as_json:
        rows = [row.as_dict() for row in table]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif as_markdown:
        click.echo(markdown(table), nl=False)
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
    shown = Table(title="table 6: ours / the paper's = ratio", box=None, padding=(0, 1, 0, 0))
    for index, heading in enumerate(HEADINGS):
        side: JustifyMethod = "right" if index else "left"
        shown.add_column(
            heading.replace(" ", "\n"), justify=side, no_wrap=bool(index), overflow="fold"
        )
    for row in table:
        shown.add_row(*(cell.replace(" = ", "\n= ") for cell in row.cells))
    console.print(shown)
    for note in notes(table):
        console.print(note, soft_wrap=True)
