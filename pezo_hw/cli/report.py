"""``pezo report``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click
from rich.text import Text

from ..config import Config
from ..report.findings import Findings, Inquiry
from ..report.page import page, require_report
from ..synth import Cache, cache_folder
from ..text import printable
from ..tools.files import write_files
from ..verify import MOST_CYCLES
from .common import CONFIG, OUTPUT, distinct_names
from .perturbation_options import length_option
from .progress import counting
from .terminal import write

EXIT_NOT_EXACT = 1


@click.command()
@click.argument("configs", type=CONFIG, nargs=-1, required=True, metavar="CONFIG...")
@click.option(
    "-o", "--output", type=OUTPUT, required=True, metavar="FILE", help="The page, FILE.html."
)
@length_option(", for the quality")
@click.option(
    "--cycles",
    type=click.IntRange(1, MOST_CYCLES),
    metavar="N",
    help="Cycles of the stream to compare; default: as pezo verify.",
)
@click.option("--no-cache", is_flag=True, help="Find everything out anew, and keep nothing.")
def report(
    configs: tuple[Config, ...], output: Path, length: int, cycles: int | None, no_cache: bool
) -> int:
    """Write all that is known of configs to one page of HTML, to be read, printed and sent.

    What each means, its first cycles, resources beside the paper's, quality, toggles, and what the
    simulator found, each with the command that makes it. The page is one file and needs no network.
    What was found once is kept, until the package changes. Exit status 1 if a single bit differs,
    or where something could not be found out, which is said; the page is written all the same.
    Needs the extra report: pip install "pezo-hw[report]".

    Example: pezo report paper-roberta paper-opt paper-pool -o report.html
    """
    require_report()
    distinct_names(configs)
    found = _find(configs, length, cycles, Cache(folder=None if no_cache else cache_folder()))
    write_files(output.parent, {output.name: page(found, length=length, cycles=cycles)})
    for one in found:
        for side, reason in one.missing.items():
            write(Text("not found out", "red"), printable(f": {one.config.name}, {side}: {reason}"))
        if not one.is_exact:
            write(Text("not bit-exact", "red"), printable(f": {one.config.name}"))
    write(printable(f"written to {output}"))
    return 0 if all(one.is_exact and not one.missing for one in found) else EXIT_NOT_EXACT


def _find(
    configs: tuple[Config, ...], length: int, cycles: int | None, store: Cache
) -> list[Findings]:
    total = sum(Inquiry(store=store).steps(config) for config in configs)
    with counting("finding out", total, "steps") as progress:
        (task,) = progress.task_ids
        inquiry = Inquiry(
            length=length, cycles=cycles, store=store, on_step=lambda: progress.advance(task)
        )
        found, done = [], 0
        for config in configs:
            progress.update(task, description=printable(f"finding out about {config.name}"))
            found.append(inquiry.findings(config))
            done += inquiry.steps(config)
            progress.update(task, completed=done)  # what was kept took no steps
    return found
