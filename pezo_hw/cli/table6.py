"""``pezo table6``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from ..errors import ConfigError
from ..synth import Cache, cache_folder
from ..table6 import BehaviourRecord, read_behaviours
from ..table6.bars import bars
from ..table6.table import HEADINGS, TABLE_ROWS, Comparison, markdown, notes, short_markdown
from ..table6.table import table6 as compare
from ..tools.files import write_files
from .common import FILE, JSON, OUTPUT, write_json
from .page import Page
from .progress import counting
from .table import Table
from .terminal import write, write_raw

MARKER = "table6"


@click.command()
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
@JSON
@click.option("-o", "--output", type=OUTPUT, metavar="FILE", help="Write the Markdown to a file.")
@click.option("--into", type=FILE, metavar="FILE", help="Replace the short table in a page.")
@click.option("--plot", type=OUTPUT, metavar="FILE", help="Draw the short table as bars, FILE.svg.")
@click.option(
    "--record",
    type=OUTPUT,
    metavar="FILE",
    help="Take toggles and isotropy of unchanged designs from FILE, and write all of them there.",
)
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
def table6(
    as_markdown: bool,
    as_json: bool,
    output: Path | None,
    into: Path | None,
    plot: Path | None,
    record: Path | None,
    no_cache: bool,
) -> None:
    """Measure the paper's table 6, and the rows beyond it, beside the paper's figures.

    Toggles and isotropy of the banks of a thousand take minutes each where they are not recorded.

    Example: pezo table6 --markdown
    """
    if as_json and as_markdown:
        raise ConfigError("--json", True, "without --markdown: one of them is printed")
    if plot is not None and plot.suffix != ".svg":
        raise ConfigError("--plot", str(plot), "a file whose name ends in .svg")
    page = None if into is None else Page.read(into, MARKER)
    recorded = BehaviourRecord()
    if record is not None and record.exists():
        recorded = read_behaviours(record)
    cache = Cache(folder=None if no_cache else cache_folder())
    with counting("measuring", 2 * len(TABLE_ROWS), "steps") as progress:
        (task,) = progress.task_ids
        table, behaviours = compare(
            cache=cache, known=recorded.known, on_row=lambda: progress.advance(task)
        )
    if record is not None:
        write_files(record.parent, {record.name: BehaviourRecord(entries=behaviours).text()})
    if output is not None:
        write_files(output.parent, {output.name: markdown(table)})
    if plot is not None:
        write_files(plot.parent, {plot.name: bars(table)})
    if page is not None:
        page.write(short_markdown(table))
    if as_json:
        rows = [row.as_dict() for row in table]
        write_json(rows)
    elif as_markdown:
        write_raw(markdown(table))
    elif all(file is None for file in (output, into, plot, record)):
        _print(table)


def _print(table: list[Comparison]) -> None:
    title = "table 6: ours / the paper's = ratio"
    output = Table(title=title, headings=HEADINGS, has_lines=False)
    for row in table:
        output.row(*row.cells)
    output.show()
    for note in notes(table):
        write(note)
