"""What a config or a command line asks for and does not get, said rather than passed over."""

from __future__ import annotations

from collections.abc import Iterable

from click import get_current_context
from click.core import ParameterSource

from ..config import Config
from ..generators.on_the_fly.parameters import OnTheFlyParameters
from ..systems.system import ON_COMMAND
from .terminal import say


def is_given(option: str) -> bool:
    """Whether an option of the command under way stands on the command line."""
    return get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def warn_of_unused(configs: Iterable[Config], system: str) -> None:
    """A line on standard error for each option that means nothing to a configuration here.

    Those are the options of ``[system]``, where they differ from their defaults and the system is
    not one that has them, and an architecture for a pool.
    """
    for config in configs:
        if config.system.chosen and system not in ON_COMMAND:
            options = ", ".join(f"{name} = {_toml(x)}" for name, x in config.system.chosen.items())
            those = " and ".join(ON_COMMAND)
            say(
                f"warning: {config.name}: [system] {options} is not used by --system {system}; "
                f"it is of --system {those} alone"
            )
        rotates = isinstance(config.parameters, OnTheFlyParameters)
        if not rotates and is_given("architecture"):
            say(f"warning: {config.name}: a pool does not rotate: --architecture is not used")


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
