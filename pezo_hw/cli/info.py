"""``pezo info``."""

from __future__ import annotations

from dataclasses import asdict

import rich_click as click

from ..config import Config
from ..generators.facts import Chart
from .common import CONFIG, JSON, SIZES, systems_with, warn_of_few, write_json
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
@JSON
def info(config: Config, tensors: tuple[int, ...] | None, as_json: bool) -> None:
    """Say what a config means: orbit, number format, exponents, latency, storage.

    Warns where there are fewer than a thousand different perturbations.

    Example: pezo info paper-opt
    """
    warn_of_few(config, tensors or ())
    if as_json:
        write_json(_as_dict(config, tensors or ()))
        return
    title = f"{config.name}: {config.generator.strategy}"
    table = Table(title=title, headings=("fact", "value"), left=2, has_headings=False)
    for what, how in {**config.described(tensors or ()), **_system(config)}.items():
        table.row(what, how)
    table.show()
    for chart in config.generator.facts().charts:
        _bars(chart).show()


def _as_dict(config: Config, tensors: tuple[int, ...]) -> dict[str, object]:
    """The same in numbers: what the manifest says of the generator, and what it does not say."""
    p, facts = config.parameters, config.generator.facts()
    counted = {"different": config.generator.different(tensors)} if tensors else {}
    return {
        "name": config.name,
        "strategy": config.generator.strategy,
        "config": config.resolved(),
        "lanes": p.lanes,
        "joint_orbit": p.joint_orbit,
        "perturbations": {"of_a_length": config.generator.starts, **counted},
        "fixed_point": asdict(p.fixed_point),
        "latency": p.latency,
        **facts.manifest,
        "described": config.described(tensors),
        "charts": [asdict(chart) for chart in facts.charts],
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
