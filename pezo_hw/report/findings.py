"""All that a page says of a configuration, found out or read where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, TypeVar

from ..config import Config
from ..emit import EmittedCore, emit_core
from ..errors import PezoError
from ..power import PowerFigures, Request
from ..power import measure as measure_power
from ..power.measurement import STEPS as POWER_STEPS
from ..quality import Quality, quality_of
from ..quality.figures import Figures
from ..quality.quality import LENGTH, steps_of
from ..synth import Cache, Measurement, measure
from ..verify import bench_names
from .kept import kept
from .verdicts import Verdict, verdicts_of

TARGET = "xcup"
_SYNTH_STEPS = 2
# Of the fields of a `Quality`, those of that type.
_INDEPENDENT = {each.name for each in fields(Quality) if each.type == Figures.__name__}
_Found = TypeVar("_Found")


@dataclass(frozen=True, kw_only=True)
class Findings:
    """A configuration, looked at from all sides.

    Attributes
    ----------
    config : Config
        The configuration.
    quality : Quality
        Its perturbations'.
    core : EmittedCore or None
        Its files.
    resources : Measurement or None
        What they take of the ZCU102's family.
    power : PowerFigures or None
        How often they switch.
    verdicts : list of Verdict or None
        What the simulator found.
    missing : dict of str to str
        Why a side of it is None, by its name.
    """

    config: Config
    quality: Quality
    core: EmittedCore | None
    resources: Measurement | None
    power: PowerFigures | None
    verdicts: list[Verdict] | None
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def is_exact(self) -> bool:
        """Whether no bench found a bit that differs."""
        return all(verdict.passed for verdict in self.verdicts or [])


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """What is asked of each configuration.

    Parameters
    ----------
    length : int
        The numbers of a perturbation, for the quality.
    cycles : int or None
        Cycles that the simulator compares; None for as many as ``pezo verify`` does.
    store : Cache
        Where results are looked up and kept.
    on_step : callable
        Called `steps` times on the way.
    """

    length: int = LENGTH
    cycles: int | None = None
    store: Cache
    on_step: Callable[[], None] = lambda: None

    def steps(self, config: Config) -> int:
        """How often ``on_step`` is called where everything is worked out."""
        benches = len(bench_names(config))
        return steps_of(config) + _SYNTH_STEPS + POWER_STEPS + benches

    def findings(self, config: Config) -> Findings:
        """Ask; what cannot be found out, such as the hardware of a design too wide, is said."""
        missing: dict[str, str] = {}

        def attempt(side: str, ask: Callable[[], _Found]) -> _Found | None:
            try:
                return ask()
            except PezoError as error:
                missing[side] = str(error)
                return None

        core = attempt("core", lambda: emit_core(config))
        verdicts = None
        if core is not None:
            verdicts = attempt("verdicts", partial(self._verdicts, config, core))
        return Findings(
            config=config,
            quality=self._quality(config),
            core=core,
            resources=attempt("resources", lambda: self._resources(config)),
            power=attempt("power", lambda: self._power(config)),
            verdicts=verdicts,
            missing=missing,
        )

    def _quality(self, config: Config) -> Quality:
        found = kept(
            self.store,
            ("quality", config.resolved(), self.length),
            lambda: quality_of(config, length=self.length, on_step=self.on_step).as_dict(),
        )
        return _quality_from(found)

    def _resources(self, config: Config) -> Measurement:
        found, _ = measure(config, TARGET, seeds=(), cache=self.store, on_step=self.on_step)
        return found

    def _power(self, config: Config) -> PowerFigures:
        request = Request(cache=self.store)
        (found,) = measure_power([config], request, on_step=lambda name: self.on_step())
        return found

    def _verdicts(self, config: Config, core: EmittedCore) -> list[Verdict]:
        return verdicts_of(config, core, self.cycles, self.store, self.on_step)


def _quality_from(found: dict[str, Any]) -> Quality:
    """From plain data; the figures of independent numbers lie within it."""
    beside = {name: Figures(**value) for name, value in found.items() if name in _INDEPENDENT}
    return Quality(**(found | beside))
