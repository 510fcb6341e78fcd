"""``pezo presets``."""

from __future__ import annotations

import rich_click as click
from rich.table import Table

from ..config import load, preset_names, preset_text
from ..errors import PezoError
from .common import console


@click.command()
@click.option("--show", metavar="NAME", help="Print a preset's TOML, as a start for your own.")
def presets(show: str | None) -> None:
    """List the configurations that come with the package.

    Example: pezo presets --show paper-opt > mine.toml
    """
    if show is not None:
        if show not in preset_names():
            known = ", ".join(preset_names())
            raise PezoError(f'--show = "{show}" is not allowed; allowed: {known}')
        click.echo(preset_text(show), nl=False)
        return
    table = Table("preset", "strategy", "lanes", "mantissa", "joint orbit")
    for column in table.columns:
        column.no_wrap = True
    for name in preset_names():
        config = load(name)
        parameters = config.parameters
        table.add_row(
            name,
            config.generator.strategy,
            str(parameters.lanes),
            f"{parameters.fixed_point.bits} bit",
            f"{parameters.joint_orbit:,} cycles",
        )
    console.print(table)
