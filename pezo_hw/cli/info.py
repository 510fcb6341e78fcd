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
    said = config.generator.facts()
    title = f"{config.name}: {config.generator.strategy}"
    table = Table(title=title, headings=("fact", "value"), left=2, has_headings=False)
    general = _general(config, tensors or ())
    for what, how in {**general, **said.described, **_system(config)}.items():
        table.row(what, how)
    table.show()
    for chart in said.charts:
        _bars(chart).show()


def _general(config: Config, tensors: tuple[int, ...]) -> dict[str, str]:
    p = config.parameters
    perturbations = f"at most {config.generator.starts:,} different ones of a length"
    if tensors:
        different = config.generator.different(tensors)
        perturbations += f"; {different:,} of {sum(tensors):,} numbers"
    return {
        "numbers a cycle": f"{p.lanes} lanes",
        "joint orbit": f"{p.joint_orbit:,} cycles, {p.joint_orbit * p.lanes:,} numbers",
        "perturbations": perturbations,
        "mantissa": str(p.fixed_point),
        "latency": f"{p.latency} enabled clock edges from reset to the first beat",
    }


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
