"""``pezo explore``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import rich_click as click

from ..explore import (
    Candidates,
    Journal,
    Request,
    ResultTable,
    Space,
    candidates_of,
    load_space,
    measure_all,
    space_names,
)
from ..explore.executors import cluster, processes
from ..explore.journal import Figures
from ..explore.page import require_pictures, write_page
from ..explore.point import ESTIMATE, NETLIST, SAMPLES
from ..explore.table import require_parquet
from ..text import printable
from .common import OUTPUT_FOLDER, refuse_given
from .front_table import say_what_is_not_known, show_front
from .perturbation_options import length_option, samples_option
from .progress import counting, patience
from .short_runs import say_how_long, short_run_options, training_of
from .terminal import write

JOURNAL, CSV, PARQUET = "journal", "results.csv", "results.parquet"
PLOT, PAGE = "pareto", "explore.html"
MOST_WORKERS = 1024
# How configurations are measured, and what is written of that.
_OF_MEASURING = (
    *("length", "samples", "synth", "energy", "train", "steps", "seeds"),
    *("workers", "scheduler", "parquet", "no_pictures"),
)
_MOST_REASONS = 8


class SpaceArgument(click.ParamType[Space]):
    """A space file's path or the name of one that comes with the package."""

    name = "space"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Space:
        """Load it; a `PezoError` passes through to the top, which prints it as it is."""
        return value if isinstance(value, Space) else load_space(str(value))


@click.command()
@click.argument("space", type=SpaceArgument(), metavar=f"SPACE.toml|{'|'.join(space_names())}")
@click.option(
    "-o", "--output", type=OUTPUT_FOLDER, required=True, help="Folder for all that is written."
)
@length_option()
@samples_option(SAMPLES)
@click.option("--synth", is_flag=True, help="Synthesise every configuration: no cost is estimated.")
@click.option(
    "--energy",
    type=click.Choice((ESTIMATE, NETLIST)),
    default=ESTIMATE,
    show_default=True,
    help="Toggles of a core's nets: worked out where that can be, or each netlist simulated.",
)
@short_run_options
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    metavar="N",
    help="Processes.  [default: one a processor]",
)
@click.option("--scheduler", metavar="ADDRESS", help="Measure on a Dask cluster instead.")
@click.option("--parquet", is_flag=True, help="Write results.parquet as well.")
@click.option("--no-pictures", is_flag=True, help="Write no plot and no page.")
@click.option("--list", "only_lists", is_flag=True, help="Only say what the space holds.")
def explore(
    space: Space,
    output: Path,
    length: int,
    samples: int,
    synth: bool,
    energy: str,
    train: bool,
    steps: int | None,
    seeds: int | None,
    workers: int | None,
    scheduler: str | None,
    parquet: bool,
    no_pictures: bool,
    only_lists: bool,
) -> None:
    """Measure a space of configurations, and say which of them nothing is better than.

    A space file is a config in which a key may have a list of values, or a range. Each
    configuration has a cost, estimated or synthesised, toggles, the quality of its perturbations,
    and with --train the accuracy of a small model after a short training. What has been measured is
    kept in the folder at once: the same command goes on from there, whatever ended it. Writes
    results.csv, a plot, and a page to look around in.

    Example: pezo explore spread -o build/spread
    """
    if only_lists:
        refuse_given(_OF_MEASURING, "without --list, which measures nothing")
        _list(space)
        return
    if scheduler is not None:
        refuse_given(["workers"], "without --scheduler: a cluster has its own")
    if parquet:
        require_parquet()
    if not no_pictures:
        require_pictures()
    request = Request(
        length=length,
        samples=samples,
        synthesises=synth,
        simulates=energy == NETLIST,
        training=training_of(space, train, steps, seeds),
    )
    candidates = _list(space)
    with Journal.open(output / JOURNAL) as journal, _who_measures(workers, scheduler) as who:
        say_how_long(candidates.found, request, who[1], journal)
        figures = _measured(candidates, request, *who, journal)
    table = ResultTable(space=space, candidates=candidates.found, figures=figures)
    written = _write(table, output, parquet=parquet, pictures=not no_pictures)
    show_front(table, CSV)
    say_what_is_not_known(table)
    write(f"written to {output}: {', '.join(written)}")


def _write(table: ResultTable, output: Path, *, parquet: bool, pictures: bool) -> list[str]:
    """Writes what is asked for; returns the names of the files."""
    table.write_csv(output / CSV)
    written = [CSV]
    if parquet:
        table.write_parquet(output / PARQUET)
        written.append(PARQUET)
    if pictures:
        from ..explore.plot import write_plots

        written += write_plots(table, output, PLOT)
        write_page(table, output / PAGE)
        written.append(PAGE)
    return written


def _list(space: Space) -> Candidates:
    """What a space holds, once it is said."""
    with counting(f"listing {space.name}", space.size, "combinations") as progress:
        (task,) = progress.task_ids
        candidates = candidates_of(space, on_combination=lambda: progress.advance(task))
    _say_what_there_is(space, candidates)
    return candidates


def _say_what_there_is(space: Space, candidates: Candidates) -> None:
    refused = sum(candidates.refused.values())
    write(
        f"{space.name}: {space.size:,} combinations are {len(candidates.found):,} configurations; "
        f"{candidates.repeated:,} are the same as another, {refused:,} are none"
    )
    for reason, number in list(candidates.refused.items())[:_MOST_REASONS]:
        write(f"  {number:,} such as: {reason}")


@contextmanager
def _who_measures(workers: int | None, scheduler: str | None) -> Iterator[tuple[Executor, int]]:
    if scheduler is not None:
        with ExitStack() as stack:
            with patience.during(lambda: printable(f"connecting to {scheduler}")):
                found = stack.enter_context(cluster(scheduler))
            yield found
    else:
        count = workers or os.cpu_count() or 1
        with processes(count) as executor:
            yield executor, count


def _measured(
    candidates: Candidates, request: Request, executor: Executor, workers: int, journal: Journal
) -> list[Figures]:
    total = len(candidates.found)
    with counting("measuring", total, "configurations") as progress:
        (task,) = progress.task_ids
        return measure_all(
            candidates.found,
            request,
            executor,
            workers=workers,
            journal=journal,
            on_point=lambda: progress.advance(task),
        )
