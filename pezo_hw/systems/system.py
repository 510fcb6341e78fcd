"""The layers of hardware that a configuration can be generated as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import Config
from ..errors import ConfigError
from ..generators.on_the_fly.parameters import OnTheFlyParameters

if TYPE_CHECKING:
    from ..generators.on_the_fly.rtl.core import OnTheFlyCore
    from ..generators.pre_generated.rtl.core import PreGeneratedCore
    from .axi.rtl.system import AXISystem
    from .replay.rtl.sequencer import ReplaySequencer
    from .stream.rtl.wrapper import StreamWrapper

SYSTEMS = ("core", "stream", "replay", "axi")
ON_COMMAND = ("replay", "axi")


def default_top(config: Config, system: str = "core") -> str:
    """``pezo_on_the_fly`` or ``pezo_pre_generated``, with the name of its layer."""
    core = f"pezo_{config.parameters.strategy.replace('-', '_')}"
    return core if system == "core" else f"{core}_{system}"


def check_system(config: Config, system: str, architecture: str) -> None:
    """Checks that a configuration has hardware in one of `SYSTEMS`; raises PezoError if not."""
    config.require_hardware()
    parameters = config.parameters
    if system not in ON_COMMAND:
        return
    if system == "axi":
        config.axi()
    else:
        config.replay()
    if isinstance(parameters, OnTheFlyParameters) and architecture != "ring":
        allowed = f'"ring" with --system {system}: it feeds the ring'
        raise ConfigError("--architecture", architecture, allowed)


def create(
    config: Config, system: str = "core", architecture: str = "ring"
) -> OnTheFlyCore | PreGeneratedCore | StreamWrapper | ReplaySequencer | AXISystem:
    """The hardware of a configuration in one of `SYSTEMS`.

    Only an on-the-fly core has an architecture.

    Raises
    ------
    PezoError
        For a configuration without hardware, or without this layer.
    """
    from .replay.rtl.sequencer import ReplaySequencer
    from .stream.rtl.wrapper import StreamWrapper

    check_system(config, system, architecture)
    parameters = config.parameters
    if system == "axi":
        from .axi.rtl.system import AXISystem

        return AXISystem(config.axi())
    if system == "replay":
        return ReplaySequencer(config.replay())
    core: OnTheFlyCore | PreGeneratedCore
    if isinstance(parameters, OnTheFlyParameters):
        core = parameters.create(architecture)
    else:
        core = parameters.create()
    return core if system == "core" else StreamWrapper(core)
