"""``pezo info``."""

from __future__ import annotations

import rich_click as click
from rich.table import Table

from ..config import Config
from ..generators.facts import Chart
from .common import CONFIG, console

_BAR = 40


@click.command()
@click.argument("config", type=CONFIG)
def info(config: Config) -> None:
    """Say what a config means: orbit, number format, exponents, latency, storage.

    Example: pezo info paper-opt
    """
    said = config.generator.facts()
    table = Table(title=f"{config.name}: {config.generator.strategy}", show_header=False)
    for what, how in {**_general(config), **said.described}.items():
        table.add_row(what, how)
    console.print(table)
    for chart in said.charts:
        console.print(_bars(chart))


def _general(config: Config) -> dict[str, str]:
    p = config.parameters
    return {
        "numbers a cycle": f"{p.lanes} lanes",
        "joint orbit": f"{p.joint_orbit:,} cycles, {p.joint_orbit * p.lanes:,} numbers",
        "perturbations": f"at most {config.generator.starts:,} different ones of a length",
        "mantissa": str(p.fixed_point),
        "latency": f"{p.latency} enabled clock edges from reset to the first beat",
    }


def _bars(chart: Chart) -> Table:
    table = Table(*chart.headings, "share", title=chart.title)
    for cells, share in chart.rows:
        table.add_row(*cells, f"{share:7.2%} {'█' * max(1, round(share * _BAR))}")
    return table
