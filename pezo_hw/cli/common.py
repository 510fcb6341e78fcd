"""What the commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import rich_click as click
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Column

from ..config import Config, load
from ..names import require_distinct
from ..systems.registry import CORE, SYSTEMS
from ..text import printable
from .patience import patience
from .terminal import progress_screen


class ConfigArgument(click.ParamType[Config]):
    """A TOML file's path or a preset's name; becomes a loaded `Config`."""

    name = "config"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Config:
        """Load it; a `PezoError` passes through to the top, which prints it as it is."""
        if isinstance(value, Config):
            return value
        with patience.during(lambda: printable(f"reading {value}")):
            return load(str(value))


class Sizes(click.ParamType[tuple[int, ...]]):
    """Integers above 0 between commas."""

    name = "sizes"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """The numbers; anything else is refused."""
        try:
            sizes = tuple(int(part) for part in str(value).split(","))
        except ValueError:
            sizes = ()
        if not sizes or min(sizes) < 1:
            found = printable(str(value))
            self.fail(f'"{found}" is not allowed; allowed: integers above 0', param, ctx)
        return sizes


class NamedPath(click.Path):
    """A path that is not the empty word, which would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; an empty one is refused."""
        if value == "":
            self.fail('"" is not allowed; allowed: a path', param, ctx)
        return super().convert(value, param, ctx)


CONFIG = ConfigArgument()
SIZES = Sizes()
FOLDER = NamedPath(path_type=Path, file_okay=False)
FILE = NamedPath(path_type=Path, dir_okay=False)
SYSTEM = click.option(
    "--system",
    type=click.Choice(tuple(SYSTEMS)),
    default=CORE,
    show_default=True,
    help="The core alone, behind a ready/valid handshake, giving perturbations on command, or that "
    "behind AXI4-Lite registers and an AXI4-Stream.",
)


@contextmanager
def counting(description: str, total: int, unit: str) -> Iterator[Progress]:
    """A progress bar on standard error with one task; gone once it is finished.

    Where there is no terminal, what it would show is said now and then.
    """
    count = MofNCompleteColumn(table_column=Column(no_wrap=True))
    with bars(count, TextColumn(unit)) as progress:
        progress.add_task(printable(description), total=total)
        with patience.during(partial(_report, progress, unit)):
            yield progress


def _report(progress: Progress, unit: str) -> str:
    """How far the one task is, in words; nothing where a bar shows it."""
    task = progress.tasks[0]
    shown = progress_screen().is_terminal
    return "" if shown else f"{task.description}: {task.completed:.0f} of {task.total:.0f} {unit}"


def bars(*columns: ProgressColumn) -> Progress:
    """Progress bars on standard error, gone once they are finished; ``columns`` stand after them.

    Where there is little room, the bar gives way, then the description wraps.
    """
    screen = progress_screen()
    return Progress(
        TextColumn("{task.description}", markup=False, table_column=Column()),
        BarColumn(),
        *columns,
        TimeElapsedColumn(table_column=Column(no_wrap=True)),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )


def distinct_names(configs: tuple[Config, ...]) -> None:
    """Checks that every configuration can have a folder and a top of its own.

    Raises
    ------
    PezoError
        Where two go by the same name.
    """
    require_distinct([config.name for config in configs])
