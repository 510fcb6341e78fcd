"""``pezo stream``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click
from rich.table import Table

from ..config import Config
from ..errors import PezoError
from ..numbers.export import FORMATS, export
from ..numbers.stream import Stream
from .common import CONFIG, FILE, console, counting

_MOST_ON_A_TERMINAL = 1000


@click.command()
@click.argument("config", type=CONFIG)
@click.option("--start", type=click.IntRange(min=0), default=0, show_default=True, metavar="T")
@click.option("--cycles", type=click.IntRange(min=1), default=16, show_default=True, metavar="N")
@click.option("-o", "--output", type=FILE, help="FILE.npz or FILE.csv instead of a table.")
def stream(config: Config, start: int, cycles: int, output: Path | None) -> None:
    """Write the golden stream: N cycles from cycle T, which may be as large as you like.

    .npz holds mantissa (N, W), code (N,) and value (N, W) as float32; .csv one cycle a line, the
    code and then the mantissas. A pool has no codes: they are 0. Without FILE, up to 1000 cycles
    are shown as a table.

    Example: pezo stream paper-roberta --start 1000000000000 --cycles 8 -o window.npz
    """
    golden = config.stream()
    if output is None:
        _print(golden, start, cycles)
        return
    if output.suffix not in FORMATS:
        raise PezoError(f'-o = "{output}" is not allowed; allowed: {" or ".join(FORMATS)}')
    with counting(f"writing {output}", cycles, "cycles") as progress:
        for done in export(golden, start, cycles, output):
            progress.update(progress.task_ids[0], completed=done)
    last = start + cycles - 1
    console.print(f"{output}: cycles {start} to {last}, {golden.lanes} lanes each", soft_wrap=True)


def _print(golden: Stream, start: int, cycles: int) -> None:
    if cycles > _MOST_ON_A_TERMINAL:
        allowed = f"up to {_MOST_ON_A_TERMINAL} without -o FILE"
        raise PezoError(f"--cycles = {cycles} is not allowed; allowed: {allowed}")
    window = golden.window(start, cycles)
    width = len(str(window.mantissa.min())) + 3
    room = console.width - len(str(start + cycles)) - 24
    shown = min(golden.lanes, max(1, room // width))
    table = Table(title=f"mantissas, {golden.fixed_point}")
    table.add_column("cycle", justify="right")
    table.add_column("code", justify="right")
    for lane in range(shown):
        table.add_column(str(lane), justify="right")
    hidden = golden.lanes - shown
    if hidden:
        table.add_column("…")
    rows = zip(window.code.tolist(), window.mantissa[:, :shown].tolist(), strict=True)
    for cycle, (code, mantissas) in enumerate(rows, start):
        more = [f"+{hidden}"] if hidden else []
        table.add_row(str(cycle), str(code), *map(str, mantissas), *more)
    console.print(table)
