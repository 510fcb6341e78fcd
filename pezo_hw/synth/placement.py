"""Place and route with nextpnr, and what it says about the clock."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache as remember
from functools import partial
from pathlib import Path
from typing import Any

from ..errors import PezoError, first_line
from ..tools import processes
from ..tools.whole import whole_json
from ..tools.working_folder import working_folder
from ..tools.yosys import output_of, which
from .cache import NO_CACHE, Cache, key_of
from .netlist import Netlist

SEEDS = (1, 2, 3)
# Any target makes nextpnr place for time; the figures do not depend on how far away it is.
_WANTED_MHZ = "400"


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
    tool, path = find_nextpnr(netlist.family.place_and_route[0])
    design = _without_ports(netlist)
    options = netlist.family.place_and_route[1:]

    def run(seed: int) -> dict[str, Any]:
        key = key_of("timing", tool, options, seed, design)
        report = cache.get(key)
        if not _is_report(report):
            report = _run(path, tool, [*options, "--seed", str(seed)], design)
            cache.put(key, report)
        on_seed()
        found: dict[str, Any] = report
        return found

    reports = dict(zip(seeds, processes.side_by_side(partial(run, n) for n in seeds), strict=True))
    mhz = {seed: _frequency(report) for seed, report in reports.items()}
    median = statistics.median_low(mhz.values())
    slowest = next(seed for seed in seeds if mhz[seed] == median)
    return Timing(tool=tool, mhz=mhz, limit=_slowest_path(reports[slowest]))


@remember
def find_nextpnr(program: str) -> tuple[str, str]:
    """What to call a nextpnr in reports, and its path: a system's, else YoWASP's.

    Raises
    ------
    PezoError
        Where neither is there.
    """
    path = which(program) or which(f"yowasp-{program}")
    if path is None:
        remedy = 'pip install "pezo-hw[pnr]", or --no-route for the counts alone'
        raise PezoError(f"{program} is not installed; allowed: {remedy}")
    said = first_line(output_of([path, "--version"]), "Version")
    version = said.partition("(Version ")[2].rstrip(")") or said
    return f"{Path(path).name} ({version})", path


def _without_ports(netlist: Netlist) -> dict[str, Any]:
    module = netlist.json["modules"][netlist.top]
    return {**netlist.json, "modules": {netlist.top: {**module, "ports": {}}}}


def _run(path: str, tool: str, options: list[str], design: dict[str, Any]) -> dict[str, Any]:
    with working_folder() as folder:
        (folder / "netlist.json").write_text(json.dumps(design), encoding="utf-8")
        files = ["--json", "netlist.json", "--report", "report.json"]
        wanted = ["--freq", _WANTED_MHZ, "--timing-allow-fail"]
        result = processes.run([path, *options, *files, *wanted], folder)
        if result.returncode:
            raise PezoError(f"{tool}: {first_line(result.stderr, 'ERROR')}")
        return whole_json(folder / "report.json", tool)


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
