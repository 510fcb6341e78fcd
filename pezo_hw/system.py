"""The layers of hardware that a configuration can be generated as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .config import Config
from .parameters import OnTheFlyParameters

if TYPE_CHECKING:
    from .rtl import OnTheFlyCore, PreGeneratedCore, StreamWrapper

SYSTEMS = ("core", "stream")


def default_top(config: Config, system: str = "core") -> str:
    """``pezo_on_the_fly`` or ``pezo_pre_generated``, with ``_stream`` where it is one."""
    core = f"pezo_{config.parameters.strategy.replace('-', '_')}"
    return core if system == "core" else f"{core}_{system}"


def create_core(config: Config, architecture: str = "ring") -> OnTheFlyCore | PreGeneratedCore:
    """The core of a configuration; only an on-the-fly one has an architecture.

    Raises
    ------
    ConfigError
        For a configuration without hardware.
    """
    if isinstance(config.parameters, OnTheFlyParameters):
        return config.parameters.create(architecture)
    return config.parameters.create()


def create(
    config: Config, system: str = "core", architecture: str = "ring"
) -> OnTheFlyCore | PreGeneratedCore | StreamWrapper:
    """The hardware of a configuration in one of `SYSTEMS`.

    Raises
    ------
    ConfigError
        For a configuration without hardware.
    """
    from .rtl import StreamWrapper

    core = create_core(config, architecture)
    return core if system == "core" else StreamWrapper(core)
