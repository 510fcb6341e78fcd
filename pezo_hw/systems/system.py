"""The layers of hardware that a configuration can be generated as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import Config
from ..errors import ConfigError, PezoError
from ..generators.on_the_fly.parameters import OnTheFlyParameters
from ..names import stem_of
from ..numbers.beat_layout import BeatLayout
from ..numbers.buses import check_beat_buses

if TYPE_CHECKING:
    from ..generators.on_the_fly.rtl.core import OnTheFlyCore
    from ..generators.pre_generated.rtl.core import PreGeneratedCore
    from .axi.rtl.system import AXISystem
    from .replay.rtl.sequencer import ReplaySequencer
    from .stream.rtl.wrapper import StreamWrapper

SYSTEMS = ("core", "stream", "replay", "axi")
ON_COMMAND = ("replay", "axi")


def default_top(config: Config, system: str = "core", architecture: str = "ring") -> str:
    """``pezo_`` and the configuration's name, then ``_pointer`` and the layer where there is one.

    No other configuration, architecture or layer goes by it (see `stem_of`).
    """
    parts = [stem_of(config.name)]
    parts += [architecture] if architecture != "ring" else []
    parts += [system] if system != "core" else []
    return "_".join(parts)


def check_system(config: Config, system: str, architecture: str) -> None:
    """Checks that a configuration has hardware in one of `SYSTEMS`; raises PezoError if not."""
    config.require_hardware()
    rotates = isinstance(config.parameters, OnTheFlyParameters)
    if not rotates and architecture != "ring":
        raise ConfigError("--architecture", architecture, "only with an on-the-fly strategy")
    if system != "core":
        _check_beats(config, system)
    if system not in ON_COMMAND:
        return
    if system == "axi":
        config.axi()
    else:
        config.replay()
    if rotates and architecture != "ring":
        allowed = f'"ring" with --system {system}: it feeds the ring'
        raise ConfigError("--architecture", architecture, allowed)


def _check_beats(config: Config, system: str) -> None:
    """A beat goes through a system as one word, with a flag for the last where there are ends."""
    layout = BeatLayout.of(config.parameters)
    more = layout.code_bits + (system in ON_COMMAND)
    try:
        check_beat_buses(config.parameters, lane_bits=layout.lane_bits, more_bits=more)
    except ConfigError as error:
        raise PezoError(f"{config.name}: {error}") from None


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
