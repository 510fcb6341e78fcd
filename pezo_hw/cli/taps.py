"""``pezo taps``."""

from __future__ import annotations

import rich_click as click

from ..algebra.taps import Leap, search_taps
from ..errors import ConfigError
from .common import JSON, write_json
from .progress import patience
from .table import Table
from .terminal import progress_screen, write

EXIT_NONE = 1
HEADINGS = ("taps", "polynomial", "fan-in", "inputs in all", "inputs of each bit")


@click.command()
@click.option("--width", type=int, required=True, metavar="B", help="Bits of the LFSR.")
@click.option("--steps", type=int, required=True, metavar="K", help="Steps in one clock cycle.")
@click.option(
    "--fan-in", type=int, default=6, show_default=True, help="Inputs of a LUT: one level up to it."
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many to show."
)
@JSON
def taps(width: int, steps: int, fan_in: int, limit: int, as_json: bool) -> int:
    """Find taps for `steps_per_cycle` whose next state is one LUT level.

    Every set of taps is tried. Without one of that fan-in the nearest are shown, and the exit
    status is 1.

    Example: pezo taps --width 14 --steps 14
    """
    try:
        screen = progress_screen()
        said = patience.during(lambda: "" if screen.is_terminal else "searching")
        with screen.status("searching", spinner="line"), said:
            found = search_taps(width, steps, fan_in)
    except ConfigError as error:
        key = f"--{error.key.replace('_', '-')}"
        raise ConfigError(key, error.value, error.allowed) from None
    if as_json:
        write_json([_as_dict(leap) for leap in found[:limit]])
    else:
        _table(found[:limit]).show()
        write(_verdict(found, fan_in, limit))
    return 0 if found[0].fan_in <= fan_in else EXIT_NONE


def _verdict(found: list[Leap], fan_in: int, limit: int) -> str:
    count = f"sets of taps: {len(found)}" + (f", the best {limit}" if len(found) > limit else "")
    if found[0].fan_in <= fan_in:
        return f"{count}; none of their XORs has more than {fan_in} inputs"
    return f"none stays within {fan_in} inputs; {count} of the smallest fan-in, {found[0].fan_in}"


def _as_dict(leap: Leap) -> dict[str, object]:
    return {
        "taps": list(leap.taps),
        "polynomial": leap.polynomial,
        "fan_in": leap.fan_in,
        "fan_ins": list(leap.fan_ins),
    }


def _table(leaps: list[Leap]) -> Table:
    table = Table(headings=HEADINGS, left=len(HEADINGS))
    for leap in leaps:
        table.row(
            str(list(leap.taps)),
            hex(leap.polynomial),
            str(leap.fan_in),
            str(leap.inputs),
            " ".join(map(str, leap.fan_ins)),
        )
    return table
