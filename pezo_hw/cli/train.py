"""``pezo train``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from ..tools.files import write_files
from ..training.experiment.parameters import MODELS, ExperimentParameters, require_extras
from ..training.experiment.results import HEADINGS, markdown, row_before, rows, sections
from ..training.sources import source_names
from . import completion
from .common import FOLDER, warn_of_few
from .progress import counting
from .table import Table
from .terminal import write

if TYPE_CHECKING:
    from ..training.experiment.results import Results


@click.command()
@click.option(
    "--model",
    type=click.Choice(MODELS),
    default="mlp",
    show_default=True,
    help="What is fine-tuned: 2410 or 3818 weights.",
)
@click.option(
    "--sources",
    default=",".join(source_names()),
    metavar="NAME,...",
    shell_complete=completion.sources,
    help="Distributions, presets and config files; the first is the reference.  [default: all]",
)
@click.option("--seeds", type=click.IntRange(min=1), default=5, show_default=True, metavar="N")
@click.option("--steps", type=click.IntRange(min=1), default=2000, show_default=True, metavar="N")
@click.option(
    "-o", "--output", type=FOLDER, required=True, help="Folder for the plot, the table and JSON."
)
def train(model: str, sources: str, seeds: int, steps: int, output: Path) -> None:
    """Fine-tune a small model by forward passes alone, with every source of perturbations.

    The model knows the digits 0 to 4 (scikit-learn's) from back-propagation and learns all ten.
    Every source is tuned on the same grid, then runs over all seeds, there and at the first
    source's best setting. A stream with fewer than a thousand different perturbations of the
    model's weights is warned about. Writes results.json, table.md, plot.png and plot.svg. Needs
    the extra train: pip install "pezo-hw[train]".

    Example: pezo train --sources gaussian,rademacher,paper-opt --seeds 3 -o build/train
    """
    require_extras()
    names = tuple(name.strip() for name in sources.split(","))
    parameters = ExperimentParameters(model=model, sources=names, seeds=seeds, steps=steps)
    from ..training.experiment.experiment import Experiment
    from ..training.experiment.plot import write_plots

    with counting(f"fine-tuning the {model}", parameters.runs, "runs") as progress:
        (task,) = progress.task_ids
        experiment = Experiment(parameters, on_run=lambda: progress.advance(task))
        for config in experiment.configs:
            warn_of_few(config, experiment.sizes)
        results = experiment.run()
    text = json.dumps(results.as_dict(), indent=1, allow_nan=False) + "\n"
    write_files(output, {"results.json": text, "table.md": markdown(results)})
    write_plots(results, output)
    _print(results)
    write(f"written to {output}: results.json, table.md, plot.png, plot.svg")


def _print(results: Results) -> None:
    asked = results.parameters
    about = f"{asked.model}, {asked.steps} steps, {asked.seeds} seeds"
    for title, outcomes in sections(results):
        table = Table(title=f"{about}, {title}", headings=HEADINGS)
        for row in (row_before(results), *rows(outcomes)):
            table.row(*row)
        table.show()
