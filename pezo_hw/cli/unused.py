"""What a config or a command line asks for and does not get, said rather than passed over."""

from __future__ import annotations

from collections.abc import Iterable

from click import get_current_context
from click.core import ParameterSource

from ..config import Config
from ..systems.registry import SYSTEMS
from .terminal import say


def is_given(option: str) -> bool:
    """Whether an option of the command under way stands on the command line."""
    return get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def warn_of_unused(configs: Iterable[Config], system: str) -> None:
    """A line on standard error for each option that means nothing to a configuration here.

    Those are the options of ``[system]``, where they differ from their defaults and the system is
    not one that has them.
    """
    using = [name for name, known in SYSTEMS.items() if known.uses_options]
    for config in configs:
        if config.system.chosen and system not in using:
            options = ", ".join(f"{name} = {_toml(x)}" for name, x in config.system.chosen.items())
            those = " and ".join(using)
            say(
                f"warning: {config.name}: [system] {options} is not used by --system {system}; "
                f"it is of --system {those} alone"
            )


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
