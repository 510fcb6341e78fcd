"""Which benches a configuration's hardware has."""

from __future__ import annotations

from ..bench.bench import Bench
from ..config import Config
from ..errors import PezoError
from ..systems.registry import CORE, SYSTEMS


def bench_names(config: Config, system: str = CORE) -> tuple[str, ...]:
    """The benches of a configuration in a system, that of its top first.

    Only the core has benches of its modules: those of the other systems are the core's.
    """
    return (system, *config.generator.benches()) if system == CORE else (system,)


def make_bench(name: str, config: Config) -> Bench:
    """A bench at power-up.

    Raises
    ------
    PezoError
        For a bench that the configuration's hardware does not have.
    """
    if name in SYSTEMS:
        return SYSTEMS[name].bench(config)
    modules = config.generator.benches()
    if name not in modules:
        known = ", ".join(bench_names(config))
        raise PezoError(f"bench {name} is not one of {config.name}'s; allowed: {known}")
    return modules[name]()
