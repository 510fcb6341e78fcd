"""The benches: each hardware module alone, and both cores."""

from __future__ import annotations

from ...config import Config
from ...errors import PezoError
from ...parameters import OnTheFlyParameters, PreGeneratedParameters
from ..bench import Bench
from .circular_shift_pointer import CircularShiftPointerBench
from .core import CoreBench
from .lfsr_bank import LFSRBankBench
from .pool_reader import PoolReaderBench
from .scale_factor_lut import ScaleFactorLUTBench

__all__ = [
    "CircularShiftPointerBench",
    "CoreBench",
    "LFSRBankBench",
    "PoolReaderBench",
    "ScaleFactorLUTBench",
    "bench_names",
    "make_bench",
]

_OF_ON_THE_FLY = (LFSRBankBench, CircularShiftPointerBench, ScaleFactorLUTBench)


def bench_names(config: Config) -> tuple[str, ...]:
    """The benches that a configuration's hardware has, the core first."""
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
    if name not in bench_names(config):
        known = ", ".join(bench_names(config))
        raise PezoError(f"bench {name} is not one of {config.name}'s; allowed: {known}")
    parameters = config.parameters
    if name == CoreBench.name:
        return CoreBench(config, architecture)
    if isinstance(parameters, PreGeneratedParameters):
        return PoolReaderBench(parameters)
    kinds = {kind.name: kind for kind in _OF_ON_THE_FLY}
    return kinds[name](parameters)
