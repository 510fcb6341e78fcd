"""``pezo generate``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click
from rich.table import Table

from ..config import Config
from ..emit import EmittedCore, emit_core
from ..errors import ConfigError, PezoError
from ..tools.files import write_files
from ..vivado import ClockParameters, hand_off
from .common import CONFIG, FOLDER, SYSTEM, console, counting, distinct_names


@click.command()
@click.argument("configs", type=CONFIG, nargs=-1, required=True, metavar="CONFIG...")
@click.option("-o", "--output", type=FOLDER, required=True, metavar="DIR", help="Where to write.")
@click.option("--name", metavar="TOP", help="The top module's name (one CONFIG only).")
@SYSTEM
@click.option(
    "--inline", is_flag=True, help="Memory contents inside the Verilog, not in .mem files."
)
@click.option(
    "--vivado", is_flag=True, help="Also scripts and descriptions for Vivado, IP-XACT and FuseSoC."
)
@click.option(
    "--clock-mhz",
    type=float,
    metavar="MHZ",
    help="The clock to ask Vivado for (with --vivado; 700 by default).",
)
@click.option(
    "--no-saif", is_flag=True, help="No simulated switching activity (with --vivado): no compiler."
)
def generate(
    configs: tuple[Config, ...],
    output: Path,
    name: str | None,
    system: str,
    inline: bool,
    vivado: bool,
    clock_mhz: float | None,
    no_saif: bool,
) -> None:
    """Write Verilog, memory files and a manifest.

    One CONFIG is written to DIR itself, several to a folder of DIR each. Every file appears whole
    or not at all, and the same command writes the same bytes.

    Example: pezo generate paper-roberta paper-opt paper-pool -o rtl

    Example: pezo generate paper-opt -o rtl --vivado --clock-mhz 500
    """
    distinct_names(configs)
    if name is not None and len(configs) > 1:
        raise PezoError(f'--name = "{name}" is not allowed; allowed: only with one CONFIG')
    clock = _clock(vivado, clock_mhz, no_saif)
    cores: list[EmittedCore] = []
    with counting("generating", len(configs), "cores") as progress:
        for config in configs:
            core = emit_core(
                config,
                name=name,
                system=system,
                inline_memories=inline,
            )
            if clock is not None:
                core = hand_off(core, config, clock, activity=not no_saif)
            cores.append(core)
            progress.advance(progress.task_ids[0])
    folders = [output if len(configs) == 1 else output / config.name for config in configs]
    places = zip(folders, cores, strict=True)
    write_files(
        Path(),
        {str(folder / file): core.files[file] for folder, core in places for file in core.files},
    )
    console.print(_summary(cores, folders))
    if vivado:
        console.print(
            "Next: vivado -mode batch -source TOP_out_of_context.tcl (or TOP_package_ip.tcl)."
        )
    if not inline:
        console.print("Simulate in the folder of the .mem files: the Verilog reads them by name.")


def _clock(vivado: bool, mhz: float | None, no_saif: bool) -> ClockParameters | None:
    """The clock of the hand-off to Vivado; None where there is none."""
    if not vivado:
        if mhz is not None:
            raise ConfigError("--clock-mhz", mhz, "only with --vivado")
        if no_saif:
            raise ConfigError("--no-saif", True, "only with --vivado")
        return None
    return ClockParameters() if mhz is None else ClockParameters(mhz=mhz)


def _summary(cores: list[EmittedCore], folders: list[Path]) -> Table:
    table = Table()
    table.add_column("file", overflow="fold")
    table.add_column("bytes", justify="right")
    for core, folder in zip(cores, folders, strict=True):
        for file, text in core.files.items():
            table.add_row(str(folder / file), f"{len(text.encode()):,}")
        table.add_section()
    return table
