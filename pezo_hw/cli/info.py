"""``pezo info``."""

from __future__ import annotations

from dataclasses import asdict

import rich_click as click

from ..config import Config
from ..generators.facts import Chart
from .common import CONFIG, SIZES, systems_with, warn_of_few
from .table import Table
from .terminal import room

_LONGEST_BAR = 40
_BESIDE_THE_BAR = 56


@click.command()
@click.argument("config", type=CONFIG)
@click.option(
    "--tensors",
    type=SIZES,
    metavar="N,...",
    help="Numbers of each tensor of a model: how many different perturbations has it?",
)
def info(config: Config, tensors: tuple[int, ...] | None) -> None:
    """Say what a config means: orbit, number format, exponents, latency, storage.

    Warns where there are fewer than a thousand different perturbations.

    Example: pezo info paper-opt
    """
    warn_of_few(config, tensors or ())
    title = f"{config.name}: {config.generator.strategy}"
    table = Table(title=title, headings=("fact", "value"), left=2, has_headings=False)
    for what, how in {**config.described(tensors or ()), **_system(config)}.items():
        table.row(what, how)
    table.show()
    for chart in config.generator.facts().charts:
        _bars(chart).show()


def _system(config: Config) -> dict[str, str]:
    listed: dict[str, list[str]] = {}
    for name, value in asdict(config.system).items():
        listed.setdefault(systems_with(name), []).append(f"{name} = {value}")
    said = (f"{', '.join(those)}; of --system {using} alone" for using, those in listed.items())
    return {"[system]": "; ".join(said)}


def _bars(chart: Chart) -> Table:
    headings = (*chart.headings, "share", "")
    table = Table(title=chart.title, headings=headings, left=len(headings))
    longest = max(1, min(_LONGEST_BAR, room() - _BESIDE_THE_BAR))
    for cells, share in chart.rows:
        table.row(*cells, f"{share:.2%}", "█" * max(1, round(share * longest)))
    return table
