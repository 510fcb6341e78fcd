"""``pezo info``."""

from __future__ import annotations

from dataclasses import asdict

import rich_click as click

from ..config import Config
from ..generators.facts import Chart
from ..systems.registry import SYSTEMS
from .common import CONFIG
from .table import Table
from .terminal import room

_LONGEST_BAR = 40
_BESIDE_THE_BAR = 56


@click.command()
@click.argument("config", type=CONFIG)
def info(config: Config) -> None:
    """Say what a config means: orbit, number format, exponents, latency, storage.

    Example: pezo info paper-opt
    """
    said = config.generator.facts()
    title = f"{config.name}: {config.generator.strategy}"
    table = Table(title=title, headings=("fact", "value"), left=2, has_headings=False)
    for what, how in {**_general(config), **said.described, **_system(config)}.items():
        table.row(what, how)
    table.show()
    for chart in said.charts:
        _bars(chart).show()


def _general(config: Config) -> dict[str, str]:
    p = config.parameters
    return {
        "numbers a cycle": f"{p.lanes} lanes",
        "joint orbit": f"{p.joint_orbit:,} cycles, {p.joint_orbit * p.lanes:,} numbers",
        "perturbations": f"at most {config.generator.starts:,} different ones of a length",
        "mantissa": str(p.fixed_point),
        "latency": f"{p.latency} enabled clock edges from reset to the first beat",
    }


def _system(config: Config) -> dict[str, str]:
    listed = ", ".join(f"{name} = {value}" for name, value in asdict(config.system).items())
    using = " and ".join(name for name, system in SYSTEMS.items() if system.uses_options)
    return {"[system]": f"{listed}; of --system {using} alone"}


def _bars(chart: Chart) -> Table:
    headings = (*chart.headings, "share", "")
    table = Table(title=chart.title, headings=headings, left=len(headings))
    longest = max(1, min(_LONGEST_BAR, room() - _BESIDE_THE_BAR))
    for cells, share in chart.rows:
        table.row(*cells, f"{share:.2%}", "█" * max(1, round(share * longest)))
    return table
