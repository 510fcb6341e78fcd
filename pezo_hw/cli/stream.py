"""``pezo stream``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import rich_click as click

from ..config import Config
from ..errors import ConfigError, PezoError
from ..numbers.export import FORMATS, export
from ..numbers.stream import Beats, Stream
from .common import CONFIG, JSON, OUTPUT, write_json
from .progress import counting
from .table import Table
from .terminal import room, write

_MOST_ON_A_TERMINAL = 1000
_MOST_NUMBERS = 1 << 14


@click.command()
@click.argument("config", type=CONFIG)
@click.option("--start", type=click.IntRange(min=0), default=0, show_default=True, metavar="T")
@click.option("--cycles", type=click.IntRange(min=1), default=16, show_default=True, metavar="N")
@click.option(
    "-o", "--output", type=OUTPUT, help=f"FILE{', FILE'.join(FORMATS)} instead of a table."
)
@JSON
def stream(config: Config, start: int, cycles: int, output: Path | None, as_json: bool) -> None:
    """Write the golden stream: N cycles from cycle T, which may be as large as you like.

    .npz holds mantissa (N, W), code (N,) and value (N, W) as float32; .npy value alone; .csv a line
    of headings (code,lane0,lane1,...) and one cycle a line, the code and then the mantissas;
    .parquet the same columns (extra parquet). A pool has no codes: they are 0. Without FILE, up to
    1000 cycles are shown as a table, with as many lanes as a line of the terminal has room for; a
    file or a pipe has room for all, up to 16384 numbers.

    Example: pezo stream paper-roberta --start 1000000000000 --cycles 8 -o window.npz
    """
    golden = config.stream()
    if as_json and output is not None:
        raise ConfigError("--json", True, "without -o FILE: it is printed")
    if output is None and cycles > _MOST_ON_A_TERMINAL:
        allowed = f"up to {_MOST_ON_A_TERMINAL} without -o FILE"
        raise PezoError(f"--cycles = {cycles} is not allowed; allowed: {allowed}")
    if as_json:
        write_json(_as_dict(golden, golden.window(start, cycles)))
    elif output is None:
        _print(golden, start, cycles)
    else:
        _write(golden, start, cycles, output)


def _write(golden: Stream, start: int, cycles: int, output: Path) -> None:
    if output.suffix not in FORMATS:
        raise PezoError(f'-o = "{output}" is not allowed; allowed: {" or ".join(FORMATS)}')
    with counting(f"writing {output}", cycles, "cycles") as progress:
        for done in export(golden, start, cycles, output):
            progress.update(progress.task_ids[0], completed=done)
    last = start + cycles - 1
    write(f"{output}: cycles {start} to {last}, {golden.lanes} lanes each")


def _as_dict(golden: Stream, window: Beats) -> dict[str, object]:
    return {
        "start": window.start,
        "fixed_point": asdict(golden.fixed_point),
        "code": window.code.tolist(),
        "mantissa": window.mantissa.tolist(),
        "value": window.value.tolist(),
    }


def _print(golden: Stream, start: int, cycles: int) -> None:
    window = golden.window(start, cycles)
    lanes = _lanes_in(room(), golden, window)
    hidden = golden.lanes - lanes
    table = Table(
        title=f"mantissas, {golden.fixed_point}",
        headings=("cycle", "code", *map(str, range(lanes)), *(["…"] if hidden else [])),
        left=0,
    )
    more = [f"{hidden} more"] if hidden else []
    rows = zip(window.code.tolist(), window.mantissa[:, :lanes].tolist(), strict=True)
    for cycle, (code, mantissas) in enumerate(rows, start):
        table.row(str(cycle), str(code), *map(str, mantissas), *more)
    table.show()


def _lanes_in(columns: int, golden: Stream, window: Beats) -> int:
    """How many lanes stand beside cycle, code and the number of those that do not; at least one."""
    last = str(window.start + len(window))
    numbers = (window.mantissa.min(), window.mantissa.max(), golden.lanes - 1)
    frame = 3
    each = max(len(str(number)) for number in numbers) + frame
    beside = max(len(last), len("cycle")) + len("code") + 2 * frame + 1
    most = _MOST_NUMBERS // len(window)
    if golden.lanes <= most and beside + golden.lanes * each <= columns:
        return golden.lanes
    more = len(f"{golden.lanes} more") + frame
    return max(1, min(golden.lanes - 1, most, (columns - beside - more) // each))
