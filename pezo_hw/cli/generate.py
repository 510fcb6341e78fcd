"""``pezo generate``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from ..config import Config
from ..emit import EmittedCore, emit_core, require_top
from ..emit.destination import Destination
from ..errors import ConfigError, PezoError
from ..systems.registry import SYSTEMS
from ..tools.files import remove_files, write_files
from ..vivado import ClockParameters, Design, Part, hand_off, warn_of_width
from .common import CONFIG, OUTPUT_FOLDER, SYSTEM, distinct_names, warn_of_unused
from .progress import counting
from .table import Table
from .terminal import say, write


@click.command()
@click.argument("configs", type=CONFIG, nargs=-1, required=True, metavar="CONFIG...")
@click.option(
    "-o", "--output", type=OUTPUT_FOLDER, required=True, metavar="DIR", help="Where to write."
)
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
    "--part",
    metavar="PART",
    help=f"The part to ask Vivado for (with --vivado; {Part().name} by default).",
)
@click.option(
    "--no-saif", is_flag=True, help="No simulated switching activity (with --vivado): no compiler."
)
@click.option(
    "--force", is_flag=True, help="Write to DIR even where files of another configuration lie."
)
def generate(
    configs: tuple[Config, ...],
    output: Path,
    name: str | None,
    system: str,
    inline: bool,
    vivado: bool,
    clock_mhz: float | None,
    part: str | None,
    no_saif: bool,
    force: bool,
) -> None:
    """Write Verilog, memory files and a manifest.

    One CONFIG is written to DIR itself, several to a folder of DIR each. Every file appears whole
    or not at all, and the same command writes the same bytes. A top is named after its CONFIG,
    pezo_paper_roberta, so that any two can share a design.

    Example: pezo generate paper-roberta paper-opt paper-pool -o rtl

    Example: pezo generate paper-opt -o rtl --vivado --clock-mhz 500
    """
    # All that can be refused is refused before anything takes long or is written.
    distinct_names(configs)
    if name is not None and len(configs) > 1:
        allowed = "allowed: only with one CONFIG (several are named after themselves)"
        raise PezoError(f'--name = "{name}" is not allowed; {allowed}')
    if name is not None:
        require_top(name)
    if not vivado:
        _refuse_without_vivado(clock_mhz, part, no_saif)
    clock = ClockParameters() if clock_mhz is None else ClockParameters(mhz=clock_mhz)
    target = Part() if part is None else Part(name=part)
    for config in configs:
        SYSTEMS[system].check(config)
    warn_of_unused(configs, system)
    folders = [output if len(configs) == 1 else output / config.name for config in configs]
    tops = [name or SYSTEMS[system].top(config) for config in configs]
    destinations = [
        Destination.of(folder, config, top, force=force)
        for folder, config, top in zip(folders, configs, tops, strict=True)
    ]
    cores: list[EmittedCore] = []
    with counting("generating", len(configs), "cores") as progress:
        for config in configs:
            core = emit_core(
                config,
                name=name,
                system=system,
                inline_memories=inline,
            )
            if vivado:
                for warning in warn_of_width(Design.of(core)):
                    say(f"warning: {warning}")
                core = hand_off(core, config, clock, target, activity=not no_saif)
            cores.append(core)
            progress.advance(progress.task_ids[0])
    # Which files there are, of memories for one, is known only now.
    for destination, core in zip(destinations, cores, strict=True):
        destination.require_exclusive(core.top, core.files)
    places = zip(folders, cores, strict=True)
    # All of all folders in one go: none of them is written where one cannot be.
    write_files(
        Path(),
        {str(folder / file): core.files[file] for folder, core in places for file in core.files},
    )
    _summary(cores, folders).show()
    for config, destination, core in zip(configs, destinations, cores, strict=True):
        _clear(config, destination, core)
    if vivado:
        write("Next: vivado -mode batch -source TOP_out_of_context.tcl (or TOP_package_ip.tcl).")
    if not inline:
        write("Simulate in the folder of the .mem files: the Verilog reads them by name.")


def _clear(config: Config, destination: Destination, core: EmittedCore) -> None:
    """Say what an earlier run has left of this core, and remove what nobody has touched since."""
    settings = destination.other_settings(config, core.top)
    if settings:
        write(f"{core.top} there was of another {settings}.")
    own, edited = destination.leftovers(core.top, core.files)
    remove_files(own)
    for path in own:
        write(f"removed: {path}, of an earlier run")
    for path in edited:
        write(f"left: {path}, of an earlier run, edited since")


def _refuse_without_vivado(mhz: float | None, part: str | None, no_saif: bool) -> None:
    """Options of the hand-off where there is none."""
    given = {"--clock-mhz": mhz, "--part": part, "--no-saif": no_saif or None}
    for option, value in given.items():
        if value is not None:
            raise ConfigError(option, value, "only with --vivado")


def _summary(cores: list[EmittedCore], folders: list[Path]) -> Table:
    table = Table(headings=("file", "bytes"))
    for core, folder in zip(cores, folders, strict=True):
        for file, text in core.files.items():
            table.row(str(folder / file), f"{len(text.encode()):,}")
        table.section()
    return table
