"""What the commands share: arguments and options, and what is said of those that mean nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import rich_click as click
from click import get_current_context
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from ..config import Config, load
from ..errors import ConfigError
from ..generators.config_keys import STARTS
from ..names import require_distinct
from ..systems.registry import CORE, SYSTEMS
from ..text import printable
from ..tools.files import require_folder, require_place
from . import completion
from .progress import patience
from .terminal import say, write_raw


class ConfigArgument(click.ParamType[Config]):
    """A TOML file's path or a preset's name; becomes a loaded `Config`."""

    name = "config"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Config:
        """Load it; a `PezoError` passes through to the top, which prints it as it is."""
        # While a shell completes the line, nothing is read.
        if isinstance(value, Config) or (ctx is not None and ctx.resilient_parsing):
            return cast(Config, value)
        with patience.during(lambda: printable(f"reading {value}")):
            return load(str(value))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """What may stand here."""
        return completion.configs(incomplete)


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
            name = "" if param is None else f"--{param.name}"
            raise ConfigError(name, str(value), "integers above 0, with commas between them")
        return sizes


class NamedPath(click.Path):
    """A path that is not the empty word, which would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; an empty one is refused."""
        if value == "":
            self.fail('"" is not allowed; allowed: a path', param, ctx)
        return super().convert(value, param, ctx)


class OutputPath(NamedPath):
    """A file to be written, or a folder of them: a place that cannot have it is refused first."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a `PezoError` where there can be nothing new of that name."""
        path = super().convert(value, param, ctx)
        if isinstance(path, Path) and not (ctx is not None and ctx.resilient_parsing):
            (require_place if self.dir_okay is False else require_folder)(path)
        return path


CONFIG = ConfigArgument()
SIZES = Sizes()
FOLDER = NamedPath(path_type=Path, file_okay=False)
OUTPUT_FOLDER = OutputPath(path_type=Path, file_okay=False)
FILE = NamedPath(path_type=Path, dir_okay=False)
OUTPUT = OutputPath(path_type=Path, dir_okay=False)
SYSTEM = click.option(
    "--system",
    type=click.Choice(tuple(SYSTEMS)),
    default=CORE,
    show_default=True,
    help="The core alone, behind a ready/valid handshake, giving perturbations on command, or that "
    "behind AXI4-Lite registers and an AXI4-Stream.",
)


JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def write_json(data: object) -> None:
    """Print plain data on standard output; what is no number there is none here either."""
    write_raw(json.dumps(data, indent=2, allow_nan=False) + "\n")


def distinct_names(configs: tuple[Config, ...]) -> None:
    """Checks that every configuration can have a folder and a top of its own.

    Raises
    ------
    PezoError
        Where two go by the same name.
    """
    require_distinct([config.name for config in configs])


def is_given(option: str) -> bool:
    """Whether an option of the command under way stands on the command line."""
    return get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def refuse_given(options: Iterable[str], allowed: str) -> None:
    """Options of the command under way that have no effect on what is asked for.

    Parameters
    ----------
    options : iterable of str
        Names of parameters.
    allowed : str
        With what they have one, in words.

    Raises
    ------
    ConfigError
        For the first of them that stands on the command line.
    """
    context = get_current_context()
    spelt = {each.name: max(each.opts, key=len) for each in context.command.params}
    for option in options:
        if is_given(option):
            value = context.params[option]
            found = str(value) if isinstance(value, Path) else value
            raise ConfigError(spelt[option], found, allowed)


def warn_of_unused(configs: Iterable[Config], system: str) -> None:
    """A line on standard error for each option that means nothing to a configuration here.

    Those are the options of ``[system]``, and ``perturbation.start``, where they differ from their
    defaults and the system is not one that has them.
    """
    for config in configs:
        for section, chosen in _of_systems(config).items():
            unused: dict[str, list[str]] = {}
            for name, value in chosen.items():
                if name not in SYSTEMS[system].options:
                    unused.setdefault(systems_with(name), []).append(f"{name} = {_toml(value)}")
            for using, options in unused.items():
                say(
                    f"warning: {config.name}: [{section}] {', '.join(options)} is not used by "
                    f"--system {system}; it is of --system {using} alone"
                )


def _of_systems(config: Config) -> dict[str, Mapping[str, object]]:
    """By section what differs from its default and is of some systems alone."""
    start = config.generator.start
    return {
        "perturbation": {} if start == STARTS[0] else {"start": start},
        "system": config.system.chosen,
    }


def systems_with(option: str) -> str:
    """The systems that have an option, in words."""
    return " and ".join(name for name, known in SYSTEMS.items() if option in known.options)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


# What the small models of the documentation need: 819 trained one of them, 91 and 13 did not.
FEWEST = 1000


def warn_of_few(config: Config, sizes: Sequence[int] = ()) -> None:
    """A line on standard error where there are fewer different perturbations than `FEWEST`.

    Parameters
    ----------
    config : Config
        Whose.
    sizes : sequence of int
        Of the tensors of the model at hand; where there are none, of any model.
    """
    generator = config.generator
    number = generator.different(sizes) if sizes else generator.starts
    if number >= FEWEST:
        return
    most, whose = ("", f"of {sum(sizes):,} numbers") if sizes else ("at most ", "of a length")
    say(
        f"warning: {config.name} has {most}{number:,} different perturbations {whose}, "
        f"less than {FEWEST:,}: a model is changed along no other directions"
    )
