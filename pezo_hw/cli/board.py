"""``pezo board``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import rich_click as click
from rich.text import Text

from ..boards import (
    BOARDS,
    DEFAULT_BOARD,
    SIMULATORS,
    TOP,
    Board,
    Moment,
    project_files,
    remove_bitstream_of_others,
    require_own_folder,
    require_self_test,
    require_simulator,
    simulate,
)
from ..config import Config
from ..errors import PezoError
from ..systems.registry import CORE
from ..text import printable
from ..tools.files import write_files
from ..tools.processes import child
from .common import CONFIG, OUTPUT_FOLDER, warn_of_unused
from .progress import counting, patience
from .table import Table
from .terminal import write

EXIT_WRONG = 1
VIVADO_SETTINGS = "AMARANTH_ENV_VIVADO"


@click.command()
@click.argument("config", type=CONFIG)
@click.option(
    "-o", "--output", type=OUTPUT_FOLDER, required=True, metavar="DIR", help="Where to write."
)
@click.option(
    "--board",
    "name",
    type=click.Choice(tuple(BOARDS)),
    default=DEFAULT_BOARD,
    show_default=True,
    help="The board.",
)
@click.option(
    "--simulate",
    "simulator",
    type=click.Choice(SIMULATORS),
    help="Run the project at the board's pins: it passes, fails on purpose, and passes.",
)
@click.option("--build", is_flag=True, help="Run Vivado there; the bitstream is top.bit.")
@click.option(
    "--force", is_flag=True, help="Write to DIR even where another self-test or a core lies."
)
def board(
    config: Config, output: Path, name: str, simulator: str | None, build: bool, force: bool
) -> int:
    """Write the self-test of CONFIG's core on a board as a Vivado project.

    The core runs its whole joint orbit; every beat goes into a CRC that is compared with the golden
    model's, and LEDs show the verdict. Every file appears whole or not at all, and the same command
    writes the same bytes. Exit status 1 if a simulated LED is wrong.

    Example: pezo board paper-roberta -o build/zcu102 --simulate verilator
    """
    # All that can be refused is refused before anything takes long or is written.
    require_self_test(config)
    if simulator is not None:
        require_simulator(simulator)
    if build:
        _require_vivado()
    if not force:
        require_own_folder(output, config, BOARDS[name])
    warn_of_unused([config], CORE)
    files = _write(BOARDS[name], config, output)
    is_right = simulator is None or _simulate(BOARDS[name], config, files, simulator)
    if build and is_right:
        _build(output)
    elif is_right:
        write(f"Build with Vivado: cd {output} && sh build_{TOP}.sh")
    return 0 if is_right else EXIT_WRONG


def _write(board: Board, config: Config, output: Path) -> Mapping[str, str]:
    """The project's files, written."""
    cycles = config.parameters.joint_orbit
    with counting(f"golden model of {config.name}", cycles, "cycles") as progress:
        (task,) = progress.task_ids
        files = project_files(board, config, lambda done: progress.advance(task, done))
    for path in remove_bitstream_of_others(output, files):
        write(f"removed: {path}, made of other files")
    write_files(output, files)
    for name, text in files.items():
        write(f"{output / name}  {len(text.encode()):,} bytes")
    return files


def _simulate(board: Board, config: Config, files: Mapping[str, str], simulator: str) -> bool:
    """Whether the LEDs show what they should; what they show is in a table."""
    with patience.during(lambda: printable(f"simulating {config.name} on the {board.title}")):
        moments = simulate(board, config, files, simulator)
    table = Table(
        title=f"{config.name} on the {board.title} ({simulator})",
        headings=("when", "LEDs that are high", "verdict"),
        left=3,
    )
    for moment in moments:
        table.row(moment.when, ", ".join(moment.high), _verdict(moment))
    table.show()
    return all(moment.passed for moment in moments)


def _verdict(moment: Moment) -> Text:
    if moment.passed:
        return Text("right", "green")
    return Text(f"WRONG: {', '.join(moment.expected)} should be", "red")


def _require_vivado() -> None:
    """Checks that Vivado can be started, before anything is written."""
    if VIVADO_SETTINGS not in os.environ and shutil.which("vivado") is None:
        allowed = f"vivado on PATH, or {VIVADO_SETTINGS} naming its settings64.sh"
        raise PezoError(f"--build needs Vivado; allowed: {allowed}")


def _build(output: Path) -> None:
    """Run the project's build script, its output on the terminal.

    Raises
    ------
    PezoError
        Where it fails or leaves no bitstream.
    """
    bitstream = output / f"{TOP}.bit"
    bitstream.unlink(missing_ok=True)
    with child(["sh", f"build_{TOP}.sh"], output) as build:
        status = build.wait()
    if status or not bitstream.exists():
        raise PezoError(f"Vivado made no {bitstream} (exit status {status}); see {TOP}.log there")
    write(f"{bitstream}  {bitstream.stat().st_size:,} bytes")
