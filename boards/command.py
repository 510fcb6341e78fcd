"""The command of every board: a configuration's self-test, as a project and built."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import rich_click as click
from amaranth.vendor import XilinxPlatform

from boards.project import TOP, project_files
from pezo_hw.cli.common import CONFIG, FOLDER, warn_of_unused
from pezo_hw.cli.main import main as run_command
from pezo_hw.cli.progress import counting
from pezo_hw.cli.terminal import write
from pezo_hw.config import Config
from pezo_hw.errors import PezoError
from pezo_hw.systems.registry import CORE, SYSTEMS
from pezo_hw.tools.files import write_files
from pezo_hw.tools.processes import child

VIVADO_SETTINGS = "AMARANTH_ENV_VIVADO"


def main(platform_class: type[XilinxPlatform], arguments: list[str] | None = None) -> None:
    """Run a board's command; ends the process with its exit status, as ``pezo`` does."""
    name = _script_of(platform_class)
    run_command(arguments, command_for(platform_class), f"python {name}")


def command_for(platform_class: type[XilinxPlatform]) -> click.Command:
    """The command of a board."""
    board = platform_class.__name__.removesuffix("Platform")
    example = f"python {_script_of(platform_class)} paper-roberta -o build/{board.lower()}"
    help_text = f"""Write the self-test of CONFIG's core on the {board} as a Vivado project.

    The core runs its whole joint orbit; every beat goes into a CRC that is compared with the
    golden model's, and LEDs show the verdict. Every file appears whole or not at all, and the
    same command writes the same bytes.

    CONFIG is a TOML file or the name of a preset (see: pezo presets).

    Example: {example}
    """

    @click.command(
        help=help_text,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.argument("config", type=CONFIG)
    @click.option(
        "-o", "--output", type=FOLDER, required=True, metavar="DIR", help="Where to write."
    )
    @click.option("--build", is_flag=True, help="Run Vivado there; the bitstream is top.bit.")
    def command(config: Config, output: Path, build: bool) -> None:
        warn_of_unused([config], CORE)
        if build:
            _require_vivado()
        _write(platform_class, config, output)
        if build:
            _build(output)
        else:
            write(f"Build with Vivado: cd {output} && sh build_{TOP}.sh")

    return command


def _script_of(platform_class: type[XilinxPlatform]) -> str:
    return f"boards/{platform_class.__name__.removesuffix('Platform').lower()}.py"


def _write(platform_class: type[XilinxPlatform], config: Config, output: Path) -> None:
    SYSTEMS["stream"].check(config)
    cycles = config.parameters.joint_orbit
    with counting(f"golden model of {config.name}", cycles, "cycles") as progress:
        (task,) = progress.task_ids
        files = project_files(platform_class, config, lambda done: progress.advance(task, done))
    write_files(output, files)
    for name, text in files.items():
        write(f"{output / name}  {len(text.encode()):,} bytes")


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
