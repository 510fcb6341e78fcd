"""``pezo elastic``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from ..tools.extras import require
from ..tools.files import write_files
from ..training.elastic.fashion import FOLDER as DATA
from ..training.elastic.fashion import read_fashion
from ..training.elastic.parameters import VARIANTS, ElasticParameters
from ..training.elastic.results import HEADINGS, Row, cells, markdown
from ..training.experiment.parameters import MOST_BATCH, MOST_SEEDS, MOST_STEPS
from ..training.kept_runs import FILE
from . import completion
from .common import FOLDER, OUTPUT_FOLDER, is_given, warn_of_few
from .progress import counting
from .table import Table
from .terminal import say, write

if TYPE_CHECKING:
    from ..training.elastic.experiment import Comparison

# The integers alone would do without PyTorch.
PACKAGES = ("torch", "matplotlib")


@click.command()
@click.option(
    "--variants",
    default=",".join(VARIANTS),
    metavar="NAME,...",
    help=f"Ways of training: {', '.join(VARIANTS)}.  [default: all]",
)
@click.option(
    "--source",
    default="paper-roberta",
    show_default=True,
    metavar="NAME",
    shell_complete=completion.sources,
    help="Where perturbations come from: a preset, a config file or a distribution.",
)
@click.option(
    "--seeds", type=click.IntRange(1, MOST_SEEDS), default=5, show_default=True, metavar="N"
)
@click.option(
    "--steps", type=click.IntRange(1, MOST_STEPS), default=600, show_default=True, metavar="N"
)
@click.option(
    "--batch", type=click.IntRange(1, MOST_BATCH), default=64, show_default=True, metavar="N"
)
@click.option(
    "--data",
    type=FOLDER,
    default=DATA,
    show_default=True,
    help="Folder with Fashion-MNIST's four files, or MNIST's.",
)
@click.option(
    "-o",
    "--output",
    type=OUTPUT_FOLDER,
    required=True,
    help="Folder for the plot, the table and JSON.",
)
def elastic(
    variants: str, source: str, seeds: int, steps: int, batch: int, data: Path, output: Path
) -> None:
    """Train LeNet-5 with the last layers by back-propagation and the others by forward passes.

    ElasticZO in float32 (elastic-1, elastic-2: so many layers by back-propagation) and in integers
    alone (int8-...), on Fashion-MNIST, beside full zeroth-order training (zo), full
    back-propagation (bp) and the control: the same head by back-propagation, the others as they
    were. Every variant is tuned on its own grid, then runs over all seeds. What has been run is
    kept in OUTPUT/runs.jsonl, and a command that was stopped goes on there. Writes results.json,
    table.md, plot.png and plot.svg as well. Needs the extra train: pip install "pezo-hw[train]".

    Example: pezo elastic --variants control-1,elastic-1 --seeds 3 -o build/elastic
    """
    require("pezo elastic needs", PACKAGES, extra="train")
    names = tuple(name.strip() for name in variants.split(","))
    parameters = ElasticParameters(
        variants=names, source=source, seeds=seeds, steps=steps, batch=batch
    )
    if is_given("source") and all(VARIANTS[name].perturbed is None for name in names):
        say(f"warning: --source {source} is not used by {', '.join(names)}")
    from ..training.elastic.experiment import Comparison
    from ..training.elastic.plot import write_plots

    fashion = read_fashion(data)
    with counting("training LeNet-5", parameters.runs, "runs") as progress:
        (task,) = progress.task_ids
        comparison = Comparison(parameters, fashion, output, lambda: progress.advance(task))
        _warn_of_few(comparison)
        rows = comparison.run()
    text = json.dumps([row.as_dict() for row in rows], indent=1, allow_nan=False) + "\n"
    write_files(output, {"results.json": text, "table.md": markdown(rows)})
    write_plots(rows, parameters.steps, output)
    _print(rows, parameters)
    write(f"written to {output}: {FILE}, results.json, table.md, plot.png, plot.svg")


def _warn_of_few(comparison: Comparison) -> None:
    """Of each part of the model that a stream has few perturbations for."""
    perturbed = {VARIANTS[name].perturbed for name in comparison.parameters.variants}
    for config in comparison.configs:
        for sizes in sorted(sizes for sizes in perturbed if sizes is not None):
            warn_of_few(config, sizes)


def _print(rows: list[Row], asked: ElasticParameters) -> None:
    about = f"LeNet-5, {asked.steps} steps of {asked.batch}, {asked.seeds} seeds, {asked.source}"
    table = Table(title=about, headings=HEADINGS)
    for row in cells(rows):
        table.row(*row)
    table.show()
