"""What the commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ..config import Config, load
from ..errors import PezoError
from ..systems.registry import CORE, SYSTEMS

console = Console(highlight=False)
progress_console = Console(stderr=True, highlight=False)


class ConfigArgument(click.ParamType[Config]):
    """A TOML file's path or a preset's name; becomes a loaded `Config`."""

    name = "config"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Config:
        """Load it; a `PezoError` passes through to the top, which prints it as it is."""
        return value if isinstance(value, Config) else load(str(value))


class NamedPath(click.Path):
    """A path that is not the empty word, which would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; an empty one is refused."""
        if value == "":
            self.fail('"" is not allowed; allowed: a path', param, ctx)
        return super().convert(value, param, ctx)


CONFIG = ConfigArgument()
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
    """A progress bar on standard error with one task; gone once it is finished."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
        console=progress_console,
        transient=True,
        disable=not progress_console.is_terminal,
    ) as progress:
        progress.add_task(description, total=total)
        yield progress


def distinct_names(configs: tuple[Config, ...]) -> None:
    """Checks that every configuration can have a folder of its own.

    Raises
    ------
    PezoError
        Where two go by the same name.
    """
    names = [config.name for config in configs]
    for name in names:
        if names.count(name) > 1:
            raise PezoError(f"CONFIG {name} is given twice; allowed: configs of different names")
