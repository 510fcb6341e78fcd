"""Configurations measured: mapped, simulated, and their power worked out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..config import Config
from ..emit import EmittedCore, emit_core
from ..errors import ConfigError, PezoError
from ..synth.cache import NO_CACHE, Cache
from ..synth.mapping import repeated_modules, synthesise
from ..synth.measurement import MEMORY_ENDING
from ..synth.netlist import Netlist
from ..tools.toolchain import OPENSTA
from ..verify.netlist import cell_models
from ..vivado.design import Design
from .activity import cycles_of, simulate
from .copies import SIZES, number_of_copies, with_copies
from .figures import Clocked, InCells, PowerFigures, extrapolated_cells
from .gates import Gates
from .liberty import Liberty
from .sta import Inputs, minimum_period, power
from .standard_cells import StandardCells, map_to_cells
from .toggles import Toggles, extrapolated_toggles, kinds_in_device, kinds_of_gates, toggles_of

DEVICE = "xcup"
SLOWEST_MHZ, FASTEST_MHZ = 0.001, 100_000.0
# Gates are sized for this clock where none is named.
_USUAL_MHZ = 100.0
STEPS = 3


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is to be measured.

    Parameters
    ----------
    liberty : Liberty or None
        The standard cells; None for the device's cells alone.
    mhz : float or None
        The clock that power is worked out at, which needs OpenSTA; None for area and toggles alone.
    cycles : int or None
        Cycles to simulate; None for the joint orbit or a window of it (`cycles_of`).
    nets : int
        How many of the nets that switch most are listed.
    cache : Cache
        Where results are looked up and kept.

    Raises
    ------
    ConfigError
        For a clock without a library, or one that is no clock's.
    PezoError
        Where a clock is named and there is no OpenSTA.
    """

    liberty: Liberty | None = None
    mhz: float | None = None
    cycles: int | None = None
    nets: int = 0
    cache: Cache = NO_CACHE

    def __post_init__(self) -> None:
        if self.mhz is None:
            return
        if self.liberty is None:
            raise ConfigError("--clock", self.mhz, "with --liberty alone: it is of standard cells")
        if not SLOWEST_MHZ <= self.mhz <= FASTEST_MHZ:
            allowed = f"a number of megahertz from {SLOWEST_MHZ:g} to {FASTEST_MHZ:,.0f}"
            raise ConfigError("--clock", self.mhz, allowed)
        try:
            OPENSTA.find()
        except PezoError as error:
            raise PezoError(f"{error}; without --clock: area and toggles alone") from None

    @property
    def period_ps(self) -> int:
        """The period that gates are sized for."""
        return round(1e6 / (self.mhz or _USUAL_MHZ))


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A core, or what is left of it with a few of its copies, mapped."""

    device: Netlist
    cells: StandardCells | None
    period_ns: float | None


def measure(
    configs: Sequence[Config],
    request: Request,
    *,
    on_step: Callable[[str], None] = lambda name: None,
) -> list[PowerFigures]:
    """The figures of configurations, in order.

    All are mapped before the first is simulated, so that a clock that is too fast for one is known
    early.

    Parameters
    ----------
    configs : sequence of Config
        The configurations.
    request : Request
        What of them.
    on_step : callable
        Called with a configuration's name after each of its `STEPS` steps.

    Raises
    ------
    ConfigError
        For a clock that is faster than the gates of a configuration allow.
    PezoError
        For a configuration without hardware, or where a program is missing or fails.
    """
    models = "\n".join(cell_models().values())
    mapped = []
    for config in configs:
        core = emit_core(config)
        on_step(config.name)
        mapped.append((config, core, _map(config, core, request)))
        on_step(config.name)
    figures = []
    for config, core, parts in mapped:
        figures.append(_simulate(config, core, parts, models, request))
        on_step(config.name)
    return figures


def _map(config: Config, core: EmittedCore, request: Request) -> list[_Part]:
    verilog = core.files[core.verilog_file]
    memories = {file: text for file, text in core.files.items() if file.endswith(MEMORY_ENDING)}
    sources, once = [verilog], repeated_modules(verilog)
    if number_of_copies(verilog) > 1:
        sources = [
            with_copies(verilog, memories, core.top, size, cache=request.cache) for size in SIZES
        ]
    return [_map_part(config, core, source, memories, list(once), request) for source in sources]


def _map_part(
    config: Config,
    core: EmittedCore,
    source: str,
    memories: Mapping[str, str],
    once: Sequence[str],
    request: Request,
) -> _Part:
    device = synthesise(source, memories, core.top, DEVICE, once=once, cache=request.cache)
    if request.liberty is None:
        return _Part(device=device, cells=None, period_ns=None)
    cells = map_to_cells(
        source,
        memories,
        core.top,
        request.liberty,
        period_ps=request.period_ps,
        once=once,
        cache=request.cache,
    )
    return _Part(device=device, cells=cells, period_ns=_period(config, core, cells, request))


def _period(
    config: Config, core: EmittedCore, cells: StandardCells, request: Request
) -> float | None:
    if request.mhz is None or request.liberty is None:
        return None
    period = minimum_period(
        Gates(netlist=cells.netlist),
        request.liberty,
        _inputs(core),
        period_ns=1e3 / request.mhz,
    )
    if period * request.mhz > 1e3:
        needed = f"{config.name} needs {period:.4g} ns in {request.liberty.name}"
        raise ConfigError("--clock", request.mhz, f"at most {_below(1e3 / period)} MHz: {needed}")
    return period


def _inputs(core: EmittedCore) -> Inputs:
    """Reset is over, and every cycle enabled, as in the simulation."""
    design = Design.of(core)
    levels = {port.name: 1 for port in design.ports if port.direction == "input"}
    levels[design.reset] = int(design.reset_is_low)
    del levels[design.clock]
    return Inputs(clock=design.clock, levels=levels)


def _below(number: float) -> str:
    """The number rounded down to three digits."""
    digits = 2 - math.floor(math.log10(number))
    return f"{math.floor(number * 10**digits) / 10**digits:g}"


def _simulate(
    config: Config, core: EmittedCore, parts: Sequence[_Part], models: str, request: Request
) -> PowerFigures:
    cycles = cycles_of(config, request.cycles)
    copies = number_of_copies(core.files[core.verilog_file])
    toggles = [_in_device(config, core, part, models, cycles, request) for part in parts]
    cells = [_in_cells(config, core, part, cycles, request) for part in parts]
    return PowerFigures(
        name=config.name,
        numbers=config.parameters.lanes,
        cycles=cycles,
        joint_orbit=config.parameters.joint_orbit,
        copies=copies,
        tool=parts[0].device.tool,
        toggles=extrapolated_toggles(toggles[0], toggles[-1], copies),
        in_cells=extrapolated_cells(cells[0], cells[-1], copies),
    )


def _in_device(
    config: Config, core: EmittedCore, part: _Part, models: str, cycles: int, request: Request
) -> Toggles:
    gates = Gates(netlist=part.device)
    activity = simulate(gates, models, core, config, cycles, cache=request.cache)
    kinds: Mapping[str, str] = kinds_in_device(part.device.cells, part.device.family)
    return toggles_of(gates, activity, kinds, request.nets)


def _in_cells(
    config: Config, core: EmittedCore, part: _Part, cycles: int, request: Request
) -> InCells | None:
    if request.liberty is None or part.cells is None:
        return None
    gates = Gates(netlist=part.cells.netlist)
    activity = simulate(gates, part.cells.models, core, config, cycles, cache=request.cache)
    clocked = None
    if request.mhz is not None and part.period_ns is not None:
        period = 1e3 / request.mhz
        drawn = power(gates, request.liberty, _inputs(core), activity, period_ns=period)
        clocked = Clocked(mhz=request.mhz, period_ns=part.period_ns, power=drawn)
    return InCells(
        library=request.liberty.name,
        area=part.cells.area,
        cells=part.cells.cells,
        toggles=toggles_of(
            gates,
            activity,
            kinds_of_gates(part.cells.netlist.cells, part.cells.registers),
            request.nets,
        ),
        clocked=clocked,
    )
