"""``pezo layers``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from ..errors import ConfigError
from ..synth import Cache, cache_folder
from ..synth.layers import HEADINGS, TABLE_ROWS, Layer, markdown, note
from ..synth.layers import layers as measure_layers
from ..tools.files import write_files
from .common import JSON, OUTPUT, write_json
from .progress import counting
from .table import Table
from .terminal import write, write_raw


@click.command()
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
@click.option("-o", "--output", type=OUTPUT, metavar="FILE", help="Write the Markdown to a file.")
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
@JSON
def layers(as_markdown: bool, output: Path | None, no_cache: bool, as_json: bool) -> None:
    """Measure what each layer around the presets' cores costs on the ZCU102's family.

    Example: pezo layers
    """
    if as_json and as_markdown:
        raise ConfigError("--json", True, "without --markdown: one of them is printed")
    cache = Cache(folder=None if no_cache else cache_folder())
    with counting("measuring", len(TABLE_ROWS), "layers") as progress:
        (task,) = progress.task_ids
        table = measure_layers(cache=cache, on_row=lambda: progress.advance(task))
    if output is not None:
        write_files(output.parent, {output.name: markdown(table)})
    if as_json:
        write_json([layer.as_dict() for layer in table])
    elif as_markdown:
        write_raw(markdown(table))
    elif output is None:
        _print(table)


def _print(table: list[Layer]) -> None:
    output = Table(title="the price of each layer", headings=HEADINGS, left=2)
    source = table[0].row.source
    for layer in table:
        if layer.row.source != source:
            output.section()
            source = layer.row.source
        output.row(*layer.cells)
    output.show()
    write(note(table))
