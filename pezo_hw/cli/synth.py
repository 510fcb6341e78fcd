"""``pezo synth``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from ..config import Config
from ..errors import ConfigError
from ..synth import SEEDS, TARGETS, Cache, Measurement, cache_folder, find_target, measure
from ..systems.registry import CORE, SYSTEMS
from ..tools.files import write_files
from . import completion
from .common import CONFIG, JSON, OUTPUT, SYSTEM, is_given, warn_of_unused, write_json
from .progress import counting
from .table import Table
from .terminal import write


@click.command()
@click.argument("config", type=CONFIG)
@click.option(
    "--target",
    default="xcup",
    show_default=True,
    metavar="|".join(TARGETS),
    shell_complete=completion.targets,
    help="The family; a device of it stands for all.",
)
@SYSTEM
@click.option(
    "--seeds",
    type=click.IntRange(3, 100),
    default=len(SEEDS),
    show_default=True,
    help="Placements to take the median of, where the family can be placed and routed.",
)
@click.option("--no-route", is_flag=True, help="Counts alone.")
@click.option("--no-cache", is_flag=True, help="Measure anew, and keep nothing.")
@click.option("--netlist", type=OUTPUT, metavar="FILE.v", help="Write the mapped netlist.")
@JSON
def synth(
    config: Config,
    target: str,
    system: str,
    seeds: int,
    no_route: bool,
    no_cache: bool,
    netlist: Path | None,
    as_json: bool,
) -> None:
    """Count the LUTs, flip-flops, block RAMs and logic levels of a core, out of context.

    Yosys maps the core, without I/O buffers. Where an open tool places and routes the family, the
    clock frequency is the median over a few placements. Results are kept by content: a second run
    reads them.

    Example: pezo synth paper-roberta --target ecp5
    """
    family = find_target(target)
    if is_given("seeds") and (no_route or not family.place_and_route):
        families = ", ".join(name for name in TARGETS if find_target(name).place_and_route)
        raise ConfigError("--seeds", seeds, f"only where cores are placed: --target {families}")
    SYSTEMS[system].check(config)
    warn_of_unused([config], system)
    placements = () if no_route or not family.place_and_route else tuple(range(1, seeds + 1))
    with counting(f"{config.name} for {family.device}", 2 + len(placements), "steps") as progress:
        (task,) = progress.task_ids
        measurement, mapped = measure(
            config,
            target,
            system=system,
            seeds=placements,
            cache=Cache(folder=None if no_cache else cache_folder()),
            on_step=lambda: progress.advance(task),
        )
    if netlist is not None:
        write_files(netlist.parent, {netlist.name: mapped.verilog})
    if as_json:
        write_json(measurement.as_dict())
    else:
        _print(measurement)


def _print(measurement: Measurement) -> None:
    family = find_target(measurement.target)
    table = Table(
        title=f"{_title(measurement)} on {family.device}",
        headings=("", "used", "of the device", ""),
    )
    for row in _count_rows(measurement) + _timing_rows(measurement):
        table.row(*row)
    table.show()
    for module, copies in measurement.copies.items():
        write(f"{module} was mapped once: its part of the counts is {copies:,} times one copy's")
    write(f"longest path: {measurement.resources.path}")
    if measurement.timing is not None:
        write(f"slowest path: {measurement.timing.limit}")
        tools = f"placed by {measurement.timing.tool}, mapped by {measurement.tool}"
        write(f"{tools}; pins and the clock network are not timed")
    else:
        write(f"mapped by {measurement.tool}; LUT sites are an estimate")


def _title(measurement: Measurement) -> str:
    layer = "" if measurement.system == CORE else f", {measurement.system}"
    return f"{measurement.name}{layer}"


def _count_rows(measurement: Measurement) -> list[tuple[str, str, str, str]]:
    used, family = measurement.resources, find_target(measurement.target)
    share = {what: f"{part:.3%}" for what, part in measurement.share.items()}
    sites = f"≤ {family.shared_inputs} inputs a pair" if family.shared_inputs else "one LUT a site"
    multipliers = [("DSP", f"{used.dsp:,}", share["dsp"], "multipliers")] if used.dsp else []
    return [
        ("LUT", f"{used.lut:,}", share["lut"], _listed(used.lut_by_size)),
        ("LUT sites", f"{used.lut_sites:,}", "", sites),
        ("FF", f"{used.ff:,}", share["ff"], ""),
        (f"BRAM ({family.bram_unit})", f"{used.bram:g}", share["bram"], _listed(used.bram_by_type)),
        *multipliers,
        ("carry cells", f"{used.carry:,}", "", ""),
        ("LUT levels", f"{used.path.levels}", "", "between registers"),
    ]


def _timing_rows(measurement: Measurement) -> list[tuple[str, str, str, str]]:
    timing = measurement.timing
    if timing is None:
        return []
    spread = f"{timing.lowest:.0f} … {timing.highest:.0f} over {len(timing.mhz)} placements"
    return [("MHz, routed", f"{timing.median:.0f}", "", spread)]


def _listed(numbers: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in numbers.items())
