"""How often every net of a netlist switches, from a simulation of the netlist itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..config import Config
from ..emit import EmittedCore
from ..errors import PezoError
from ..synth.cache import NO_CACHE, Cache, key_of
from ..vivado.activity import record_activity
from ..vivado.design import Design
from ..vivado.out_of_context import ClockParameters
from .gates import Gates

# Up to so many cycles a whole joint orbit is simulated; of a longer one a window.
LONGEST_ORBIT = 1 << 14
WINDOW = 4096
MOST_CYCLES = 1 << 20
_FORM = "activity-1"
_CLOCK = ClockParameters()
_NET = re.compile(r"\(n(\d+) \(T0 \d+\) \(T1 (\d+)\)[^\n]*?\(TC (\d+)\)")
_DURATION = re.compile(r"\(DURATION (\d+)\)")


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What the nets of a netlist do over a number of clock cycles.

    Attributes
    ----------
    cycles : int
        Clock edges that were counted over.
    transitions : mapping of int to int
        How often each net changed its level, by its number. Nothing has a delay, so that a net
        that is not the clock's changes once a cycle at most.
    high : mapping of int to float
        The share of the time that each is high.
    """

    cycles: int
    transitions: Mapping[int, int]
    high: Mapping[int, float]

    def of(self, net: int) -> tuple[float, float]:
        """Transitions a cycle, and the share of the time high."""
        return self.transitions[net] / self.cycles, self.high[net]


def cycles_of(config: Config, chosen: int | None) -> int:
    """How many cycles are simulated: those chosen, else the orbit or a window of it."""
    if chosen is not None:
        return chosen
    orbit = config.parameters.joint_orbit
    return orbit if orbit <= LONGEST_ORBIT else WINDOW


def simulate(
    gates: Gates,
    models: str,
    core: EmittedCore,
    config: Config,
    cycles: int,
    *,
    cache: Cache = NO_CACHE,
) -> Activity:
    """Simulate a netlist with Verilator, every cycle enabled, from cycle 0 of the stream on.

    Parameters
    ----------
    gates : Gates
        The netlist.
    models : str
        Verilog of its cells.
    core : EmittedCore
        What it was mapped from, whose pins it has.
    config : Config
        The configuration of the core.
    cycles : int
        Clock edges to count over.
    cache : Cache
        Where to look first, and to keep the result.

    Raises
    ------
    PezoError
        Where Verilator or the compiler is missing, too old or fails.
    """
    text = gates.verilog()
    key = key_of(_FORM, text, models, cycles)
    found = cache.get(key)
    if found is None:
        # One file, so that the nets within the cells are not recorded.
        hidden = f"/* verilator tracing_off */\n{models}\n/* verilator tracing_on */\n{text}"
        mapped = EmittedCore(top=core.top, files={core.verilog_file: hidden})
        # A first edge shows cycle 0; what is counted comes after it.
        saif = record_activity(mapped, config, Design.of(core), _CLOCK, cycles + 1)
        found = _read(saif, core.top)
        cache.put(key, found)
    nets = {int(net): (count, high) for net, (count, high) in found.items()}
    return Activity(
        cycles=cycles,
        transitions={net: count for net, (count, _) in nets.items()},
        high={net: high for net, (_, high) in nets.items()},
    )


def _read(saif: str, top: str) -> dict[str, Any]:
    duration = _DURATION.search(saif)
    nets = {
        net: (int(count), int(high) / int(duration[1]))
        for net, high, count in _NET.findall(saif)
        if duration
    }
    if not nets:
        raise PezoError(f"the simulation of {top} recorded no net")
    return nets
