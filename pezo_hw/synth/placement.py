"""Place and route with nextpnr, and what it says about the clock."""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache as remember
from functools import partial
from importlib.util import find_spec
from typing import Any

from ..errors import PezoError, first_line
from ..tools import processes
from ..tools.completeness import complete_json
from ..tools.environment import environment_for
from ..tools.folders import kept_folder, temporary_folder
from ..tools.toolchain import Program
from .cache import NO_CACHE, Cache, key_of
from .netlist import Netlist

SEEDS = (1, 2, 3)
# Any target makes nextpnr place for time; the figures do not depend on how far away it is.
_TARGET_MHZ = "400"
_VERSION = r"\(Version ([^)]*)\)"


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Clock frequencies after routing, one for each placement seed.

    They are those of the paths between registers and block RAMs inside the core. What a pin adds
    (a block RAM that drives one takes its clock-to-out from the cycle of whoever reads it) and the
    highest frequency of the device's clock network are not in them.

    Attributes
    ----------
    tool : str
        What placed and routed.
    mhz : dict of int to float
        The highest frequency of the clock by seed, register to register inside the core.
    limit : str
        The slowest path of the seed whose frequency is the median.
    """

    tool: str
    mhz: dict[int, float]
    limit: str

    @property
    def median(self) -> float:
        """The middle frequency in MHz (of an even number of seeds the lower one)."""
        return statistics.median_low(self.mhz.values())

    @property
    def lowest(self) -> float:
        """The lowest frequency in MHz."""
        return min(self.mhz.values())

    @property
    def highest(self) -> float:
        """The highest frequency in MHz."""
        return max(self.mhz.values())


def place(
    netlist: Netlist,
    *,
    seeds: Sequence[int] = SEEDS,
    cache: Cache = NO_CACHE,
    on_seed: Callable[[], None] = lambda: None,
) -> Timing:
    """Place and route a netlist once for each seed, two at a time at most a core.

    Ports are taken off first, so that no pin is part of a path and any number of lanes fits.

    Raises
    ------
    PezoError
        Where nextpnr is missing, or refuses the design (one that does not fit, for instance).
    """
    placer = find_nextpnr(netlist.family.place_and_route[0])
    design = _without_ports(netlist)
    options = netlist.family.place_and_route[1:]

    def run(seed: int) -> dict[str, Any]:
        key = key_of("timing", placer.name, options, seed, design)
        report = cache.get(key)
        if not _is_report(report):
            report = _run(placer, [*options, "--seed", str(seed)], design)
            cache.put(key, report)
        on_seed()
        found: dict[str, Any] = report
        return found

    reports = dict(zip(seeds, processes.side_by_side(partial(run, n) for n in seeds), strict=True))
    mhz = {seed: _frequency(report) for seed, report in reports.items()}
    median = statistics.median_low(mhz.values())
    slowest = next(seed for seed in seeds if mhz[seed] == median)
    return Timing(tool=placer.name, mhz=mhz, limit=_slowest_path(reports[slowest]))


@dataclass(frozen=True, kw_only=True)
class Placer:
    """An installation of nextpnr: what to call it in reports, and the command."""

    name: str
    command: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """YoWASP compiles each program once, for which it needs a folder to keep that in."""
        kept = {"YOWASP_CACHE_DIR": str(kept_folder() / "yowasp")}
        return environment_for(self.command[0]) | kept


@remember
def find_nextpnr(program: str) -> Placer:
    """A system's nextpnr that is new enough, else YoWASP's.

    Raises
    ------
    PezoError
        Where there is neither: which there are, where, and which version is needed.
    """
    package = f"yowasp_{program.replace('-', '_')}"
    is_packaged = find_spec(package) is not None
    names = (program,) if is_packaged else (program, f"yowasp-{program}")
    try:
        found = _nextpnr(program, names).find()
        return Placer(name=f"{found.path.name} ({found.version})", command=(str(found.path),))
    except PezoError:
        if not is_packaged:
            raise
    entry = f"{package}.run_{program.replace('-', '_')}"
    python = f"import sys, {package}; sys.exit({entry}(sys.argv[1:]))"
    return _yowasp(f"yowasp-{program}", (sys.executable, "-c", python))


def _yowasp(name: str, command: tuple[str, ...]) -> Placer:
    placer = Placer(name=name, command=command)
    answer = processes.run([*command, "--version"], environment=placer.environment())
    version = re.search(_VERSION, answer.stdout + answer.stderr)
    if version is None:
        raise PezoError(f"{name} does not start: {first_line(answer.stderr, 'Error')}")
    return Placer(name=f"{name} ({version[1]})", command=command)


def _nextpnr(program: str, names: tuple[str, ...]) -> Program:
    remedy = 'allowed: pip install "pezo-hw[pnr]", or --no-route for the counts alone'
    return Program(
        requirement=f"{program} 0.11 or newer",
        names=names,
        versions=((_VERSION, (0, 11)),),
        remedy=remedy,
    )


def _without_ports(netlist: Netlist) -> dict[str, Any]:
    module = netlist.json["modules"][netlist.top]
    return {**netlist.json, "modules": {netlist.top: {**module, "ports": {}}}}


def _run(placer: Placer, options: list[str], design: dict[str, Any]) -> dict[str, Any]:
    with temporary_folder("pezo-place-") as folder:
        (folder / "netlist.json").write_text(json.dumps(design), encoding="utf-8")
        files = ["--json", "netlist.json", "--report", "report.json"]
        timing = ["--freq", _TARGET_MHZ, "--timing-allow-fail"]
        command = [*placer.command, *options, *files, *timing]
        result = processes.run(command, folder, placer.environment())
        if result.returncode:
            raise PezoError(f"{placer.name}: {first_line(result.stderr, 'ERROR')}")
        return complete_json(folder / "report.json", placer.name)


def _is_report(found: Any) -> bool:
    """Whether what was kept is of the form that nextpnr gives."""
    if not isinstance(found, dict):
        return False
    return isinstance(found.get("fmax"), dict) and isinstance(found.get("critical_paths"), list)


def _frequency(report: dict[str, Any]) -> float:
    """The clock's frequency in MHz; a core has one clock."""
    frequencies: list[float] = [clock["achieved"] for clock in report["fmax"].values()]
    if not frequencies:
        raise PezoError("nextpnr reports no clock: the netlist has no path between registers")
    return round(min(frequencies), 2)


def _slowest_path(report: dict[str, Any]) -> str:
    """The critical path from clock edge to clock edge in words, with delays in ns."""
    # Without its ports, what came from a pin or went to one is asynchronous: no limit of the clock.
    inside = (
        path["path"]
        for path in report["critical_paths"]
        if path["from"].startswith("posedge") and path["to"].startswith("posedge")
    )
    steps = next(inside, None)
    if not steps:
        return "none reported"
    delays = " + ".join(f"{step['type']} {step['delay']:.2f}" for step in steps)
    first, last = steps[0]["from"], steps[-1]["to"]
    total = sum(step["delay"] for step in steps)
    ends = f"{first['cell']}.{first['port']} → {last['cell']}.{last['port']}"
    return f"{total:.2f} ns from {ends}: {delays}"
