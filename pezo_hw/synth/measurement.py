"""One configuration, synthesised and measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from ..config import Config
from ..emit import EmittedCore, emit_core
from ..systems.registry import CORE
from .cache import NO_CACHE, Cache
from .mapping import netlist_key, repeated_modules, synthesise
from .netlist import Netlist
from .placement import SEEDS, Timing, place
from .resources import Resources, count
from .target import find_target

MEMORY_ENDING = ".mem"


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What a core takes of a target's device.

    Attributes
    ----------
    name : str
        The configuration's.
    target : str
        The target's name.
    tool : str
        What mapped it.
    resources : Resources
        Counts, and the longest path in cells.
    timing : Timing or None
        Frequencies, where the core was placed and routed.
    system : str
        The layer that was measured, one of `pezo_hw.systems.registry.SYSTEMS`.
    copies : mapping of str to int
        How often the design has each module that was mapped once for all (`repeated_modules`).
    """

    name: str
    target: str
    tool: str
    resources: Resources
    timing: Timing | None = None
    system: str = CORE
    copies: Mapping[str, int] = field(default_factory=dict)

    @property
    def share(self) -> dict[str, float]:
        """Shares of the device's LUTs, flip-flops, block RAMs and multipliers, as fractions.

        What a device has none of is left out.
        """
        capacity = find_target(self.target).capacity
        used = {what: getattr(self.resources, what) for what in capacity}
        return {what: number / capacity[what] for what, number in used.items() if capacity[what]}

    def as_dict(self) -> dict[str, object]:
        """The measurement as plain data, for JSON."""
        family = find_target(self.target)
        counts = asdict(self.resources)
        path = counts.pop("path")
        result: dict[str, object] = {
            "name": self.name,
            "system": self.system,
            "target": self.target,
            "device": family.device,
            "tool": self.tool,
            **counts,
            "bram_unit": family.bram_unit,
            "levels": path.pop("levels"),
            "longest_path": path,
            "share": self.share,
        }
        if self.copies:
            result["copies"] = dict(self.copies)
        if self.timing is not None:
            spread = {which: getattr(self.timing, which) for which in ("median", "lowest")}
            result["timing"] = asdict(self.timing) | spread | {"highest": self.timing.highest}
        return result


def map_core(
    core: EmittedCore, target: str, *, system: str = CORE, cache: Cache = NO_CACHE
) -> Netlist:
    """The netlist of an emitted core, or of a system around it."""
    return synthesise(
        core.files[core.verilog_file],
        _memories(core),
        core.top,
        target,
        few_levels=wants_few_levels(system),
        cache=cache,
    )


def core_key(core: EmittedCore, target: str, *, system: str = CORE) -> str:
    """A key from all that decides the netlist that `map_core` gives."""
    return netlist_key(
        core.files[core.verilog_file],
        _memories(core),
        core.top,
        target,
        few_levels=wants_few_levels(system),
    )


def wants_few_levels(system: str) -> bool:
    """Whether levels are what matters in a system, and not LUTs.

    A core is held against counts of LUTs, which come without levels. What is around one has to keep
    up with a core that is one level deep.
    """
    return system != CORE


def _memories(core: EmittedCore) -> dict[str, str]:
    return {file: text for file, text in core.files.items() if file.endswith(MEMORY_ENDING)}


def measure(
    config: Config,
    target: str,
    *,
    system: str = CORE,
    seeds: Sequence[int] = SEEDS,
    cache: Cache = NO_CACHE,
    on_step: Callable[[], None] = lambda: None,
) -> tuple[Measurement, Netlist]:
    """Generate, map, count and (where a tool can) place and route a configuration.

    Parameters
    ----------
    config : Config
        The configuration.
    target : str
        A name of `pezo_hw.synth.TARGETS`.
    system : str
        The layer to measure, one of `pezo_hw.systems.registry.SYSTEMS`.
    seeds : sequence of int
        Placement seeds; none for counts alone.
    cache : Cache
        Where results are looked up and kept.
    on_step : callable
        Called after the core is generated, after it is mapped, and after each placement.
    """
    family = find_target(target)
    core = emit_core(config, system=system)
    on_step()
    netlist = map_core(core, target, system=system, cache=cache)
    on_step()
    timing = None
    if family.place_and_route and seeds:
        timing = place(netlist, seeds=seeds, cache=cache, on_seed=on_step)
    measurement = Measurement(
        name=config.name,
        target=target,
        tool=netlist.tool,
        resources=count(netlist),
        timing=timing,
        system=system,
        copies=repeated_modules(core.files[core.verilog_file]),
    )
    return measurement, netlist
