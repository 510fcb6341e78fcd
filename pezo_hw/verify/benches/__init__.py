"""The benches: each hardware module alone, both cores, and the systems around them."""

from __future__ import annotations

from ...config import Config
from ...errors import PezoError
from ...parameters import OnTheFlyParameters, PreGeneratedParameters
from ..bench import Bench
from .axi import AXIBench
from .circular_shift_pointer import CircularShiftPointerBench
from .core import CoreBench
from .lfsr_bank import LFSRBankBench
from .pool_reader import PoolReaderBench
from .replay import ReplayBench
from .scale_factor_lut import ScaleFactorLUTBench
from .stream import StreamBench

__all__ = [
    "AXIBench",
    "CircularShiftPointerBench",
    "CoreBench",
    "LFSRBankBench",
    "PoolReaderBench",
    "ReplayBench",
    "ScaleFactorLUTBench",
    "StreamBench",
    "bench_names",
    "make_bench",
]

_OF_ON_THE_FLY = (LFSRBankBench, CircularShiftPointerBench, ScaleFactorLUTBench)


_OF_SYSTEMS = {kind.name: kind for kind in (CoreBench, StreamBench, ReplayBench, AXIBench)}


def bench_names(config: Config, system: str = "core") -> tuple[str, ...]:
    """The benches that a configuration's hardware has, that of its top first.

    A system has only the bench of its name: its modules are those of the core.
    """
    if system != "core":
        return (system,)
    if isinstance(config.parameters, OnTheFlyParameters):
        return (CoreBench.name, *(kind.name for kind in _OF_ON_THE_FLY))
    if config.parameters.rows == 1:
        return (CoreBench.name,)
    return (CoreBench.name, PoolReaderBench.name)


def make_bench(name: str, config: Config, architecture: str = "ring") -> Bench:
    """A bench at power-up.

    Raises
    ------
    PezoError
        For a bench that the configuration's hardware does not have.
    """
    if name in _OF_SYSTEMS:
        return _OF_SYSTEMS[name](config, architecture)
    if name not in bench_names(config):
        known = ", ".join(bench_names(config))
        raise PezoError(f"bench {name} is not one of {config.name}'s; allowed: {known}")
    parameters = config.parameters
    if isinstance(parameters, PreGeneratedParameters):
        return PoolReaderBench(parameters)
    kinds = {kind.name: kind for kind in _OF_ON_THE_FLY}
    return kinds[name](parameters)
