"""``pezo presets``."""

from __future__ import annotations

import rich_click as click

from ..config import Config, load, preset_names, preset_text
from ..errors import PezoError
from . import completion
from .common import JSON, refuse_given, write_json
from .table import Table
from .terminal import write_raw

HEADINGS = ("preset", "strategy", "lanes", "mantissa", "joint orbit")


@click.command()
@click.option(
    "--show",
    metavar="NAME",
    shell_complete=completion.presets,
    help="Print a preset's TOML, as a start for your own.",
)
@JSON
def presets(show: str | None, as_json: bool) -> None:
    """List the configurations that come with the package.

    Example: pezo presets --show paper-opt > mine.toml
    """
    if show is not None:
        refuse_given(["as_json"], "without --show: a preset is TOML")
        if show not in preset_names():
            known = ", ".join(preset_names())
            raise PezoError(f'--show = "{show}" is not allowed; allowed: {known}')
        write_raw(preset_text(show))
        return
    if as_json:
        write_json([_as_dict(load(name)) for name in preset_names()])
        return
    table = Table(headings=HEADINGS, left=2)
    for name in preset_names():
        config = load(name)
        parameters = config.parameters
        table.row(
            name,
            config.generator.strategy,
            str(parameters.lanes),
            f"{parameters.fixed_point.bits} bit",
            f"{parameters.joint_orbit:,} cycles",
        )
    table.show()


def _as_dict(config: Config) -> dict[str, object]:
    parameters = config.parameters
    return {
        "name": config.name,
        "strategy": config.generator.strategy,
        "lanes": parameters.lanes,
        "mantissa_bits": parameters.fixed_point.bits,
        "joint_orbit": parameters.joint_orbit,
    }
