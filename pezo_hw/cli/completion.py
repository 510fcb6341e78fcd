"""What the shell offers behind a key: presets, targets, benches, sources.

Click has the scripts for bash, zsh and fish; see ``docs/shell.md``. Nothing here says a word or
fails, whatever is on the line so far.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable

import rich_click as click
from click.shell_completion import CompletionItem

from ..config import load, preset_names
from ..errors import PezoError
from ..synth import TARGETS
from ..systems.registry import CORE
from ..training.sources import source_names
from ..verify import bench_names

Items = list[CompletionItem]


def configs(incomplete: str) -> Items:
    """Presets, and whatever the shell knows of files."""
    return [*_beginning(preset_names(), incomplete), CompletionItem(incomplete, type="file")]


def presets(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """The presets."""
    return _beginning(preset_names(), incomplete)


def targets(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """The families to synthesise for."""
    return _beginning(TARGETS, incomplete)


def benches(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """The benches of the configurations that stand on the line already."""
    # Where the line ends with the option, the parser stops there, and leaves what it has not named.
    named = ctx.params.get("configs") or ctx.args
    system = ctx.params.get("system") or CORE
    known = (bench for source in named for bench in _benches_of(source, system))
    return _beginning(dict.fromkeys(known), incomplete)


def sources(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """Sources of perturbations, after those that stand before a comma."""
    before, comma, last = incomplete.rpartition(",")
    known = (name for name in source_names() if name not in before.split(","))
    return [CompletionItem(f"{before}{comma}{item.value}") for item in _beginning(known, last)]


def _benches_of(source: object, system: str) -> tuple[str, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return bench_names(load(str(source)), system)
        except PezoError:
            return ()


def _beginning(names: Iterable[str], incomplete: str) -> Items:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
