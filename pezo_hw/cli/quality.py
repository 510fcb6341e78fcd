"""``pezo quality``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from ..config import Config
from ..quality import Quality, model_shapes, quality_of
from ..quality.figures import number
from ..quality.model_shapes import sizes_of
from ..quality.quality import SAMPLES, steps_of
from ..quality.rows import headings, rows
from ..text import printable
from .common import CONFIG, FILE, JSON, write_json
from .perturbation_options import length_option, samples_option
from .progress import counting
from .table import Table
from .terminal import write


@click.command()
@click.argument("configs", type=CONFIG, nargs=-1, required=True)
@length_option()
@click.option(
    "--model",
    type=FILE,
    metavar="FILE",
    help="How many different perturbations a model has: .txt, .json or .toml with a list of "
    "shapes, or a .safetensors file.",
)
@samples_option(SAMPLES)
@click.option("--quick", is_flag=True, help="Leave out the eigenvalues, which take longest.")
@JSON
def quality(
    configs: tuple[Config, ...],
    length: int,
    model: Path | None,
    samples: int,
    quick: bool,
    as_json: bool,
) -> None:
    """Say how good the perturbations of configs are, beside those of independent numbers.

    Figures are of perturbations of D numbers and exact, from every start of the orbit, where the
    orbit is not too long; else of N starts drawn at random, with their standard errors.

    Example: pezo quality paper-roberta paper-opt --length 992
    """
    sizes = None if model is None else sizes_of(model_shapes(model))
    found = []
    with counting("measuring the quality", sum(map(steps_of, configs)), "steps") as progress:
        (task,) = progress.task_ids
        for config in configs:
            progress.update(task, description=printable(f"measuring {config.name}"))
            found.append(
                quality_of(
                    config,
                    length=length,
                    samples=samples,
                    has_eigenvalues=not quick,
                    on_step=lambda: progress.advance(task),
                )
            )
    names = [config.name for config in configs]
    if as_json:
        write_json(_as_json(names, found, sizes))
    else:
        _print(names, found, sizes)


def _as_json(
    names: list[str], found: list[Quality], sizes: list[int] | None
) -> list[dict[str, object]]:
    listed = []
    for name, one in zip(names, found, strict=True):
        entry = {"name": name, **one.as_dict()}
        if sizes is not None:
            entry["model"] = {
                "tensors": len(sizes),
                "numbers": sum(sizes),
                "different": one.different_for(sizes),
            }
        listed.append(entry)
    return listed


def _print(names: list[str], found: list[Quality], sizes: list[int] | None) -> None:
    table = Table(title=f"perturbations of {found[0].length:,} numbers", headings=headings(names))
    for row in rows(found):
        table.row(*row)
    if sizes is not None:
        different = (number(one.different_for(sizes)) for one in found)
        table.row("different, of the model", *different, "no end", "no end")
    table.show()
    if sizes is not None:
        write(f"the model: {len(sizes):,} tensors, {sum(sizes):,} numbers")
    if any(one.samples is not None for one in found):
        write(
            "± is the standard error; the smallest and largest of a sample have none, and "
            "independent numbers beside them are as many"
        )
