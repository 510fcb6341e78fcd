"""``make mutants``: break single lines of the package, and see whether the tests notice."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import rich_click as click

from pezo_hw import PezoError
from tests.mutants.campaign import Campaign
from tests.mutants.executed import Executed, Recordings
from tests.mutants.mirror import sources
from tests.mutants.mutant import Mutant
from tests.mutants.sample import sample
from tests.mutants.verdicts import Verdict, Verdicts
from tests.mutants.workspace import tree_of

ROOT = Path(__file__).parents[2]
EXIT_SURVIVORS, EXIT_USAGE = 1, 2


@click.command()
@click.option("--count", default=150, show_default=True, help="How many mutants.")
@click.option("--seed", default=1, show_default=True, help="Another seed, other mutants.")
@click.option("--only", metavar="PATH", help="Of this module or folder alone.")
@click.option("--workers", default=os.cpu_count(), show_default=True, help="How many at a time.")
@click.option("--again", is_flag=True, help="Try those that survived earlier once more.")
@click.option("--list", "listing", is_flag=True, help="Show what would be tried, and end.")
def main(count: int, seed: int, only: str | None, workers: int, again: bool, listing: bool) -> None:
    """Break single lines of hardware, models and drivers, and run the tests that mirror them.

    A run that was ended goes on where it was. The exit status is 1 where a mutant survives.

    Example: python -m tests.mutants --only pezo_hw/rtl/memories.py --count 10
    """
    try:
        texts = sources(ROOT, only)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--only") from None
    mutants = sample(texts, count=count, seed=seed)
    if listing:
        for mutant in mutants:
            click.echo(str(mutant))
        return
    verdicts = Verdicts(file=ROOT / "build/mutants/verdicts.jsonl")
    missing = [m for m in mutants if _is_missing(verdicts.of(m, texts[m.path]), again)]
    if missing:
        _run(missing, texts, workers, verdicts)
    found = [verdicts.of(mutant, texts[mutant.path]) for mutant in mutants]
    sys.exit(_report([verdict for verdict in found if verdict is not None]))


def _is_missing(verdict: Verdict | None, again: bool) -> bool:
    return verdict is None or (again and verdict.survived)


def _run(mutants: list[Mutant], texts: dict[str, str], workers: int, verdicts: Verdicts) -> None:
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    started, done = time.monotonic(), 0

    def note(verdict: Verdict) -> None:
        nonlocal done
        done += 1
        verdicts.add(verdict)
        minutes = (time.monotonic() - started) / 60
        end = "SURVIVED" if verdict.survived else f"killed by {verdict.killed_by or 'collection'}"
        click.echo(f"[{done}/{len(mutants)}, {minutes:.1f} min] {verdict.mutant}: {end}")

    recordings = Recordings(file=ROOT / "build/mutants/executed.jsonl", tree=tree_of(ROOT))
    with Campaign(root=ROOT, workers=workers, recordings=recordings) as campaign:
        try:
            campaign.try_all(mutants, texts, note, _say_recorded)
        except RuntimeError as error:
            raise click.ClickException(str(error)) from None


def _say_recorded(found: list[Executed]) -> None:
    for executed in found:
        if executed.lines is None:
            click.echo(f"all of {executed.module} meets every mutant: it cannot be recorded")
    tests = sum(len(executed.seconds) for executed in found)
    seconds = sum(executed.start + sum(executed.seconds.values()) for executed in found)
    names = ", ".join(executed.module.removeprefix("tests/") for executed in found)
    click.echo(f"recorded {tests} tests in {seconds:.0f} s of a CPU: {names}")


def _report(found: list[Verdict]) -> int:
    survivors = [verdict for verdict in found if verdict.survived]
    for verdict in survivors:
        click.echo(f"\n{verdict.mutant}")
        for line in verdict.lines:
            click.echo(f"  {line}")
    seconds = sum(verdict.seconds for verdict in found)
    click.echo(f"\n{len(found)} mutants, {len(survivors)} survived, {seconds:.0f} s of a CPU")
    return EXIT_SURVIVORS if survivors else 0


if __name__ == "__main__":
    try:
        main()
    except PezoError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(EXIT_USAGE)
