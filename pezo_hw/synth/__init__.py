"""Resources and clock frequencies by open tools: Yosys counts, nextpnr places and routes."""

from ..tools.folders import cache_folder
from .cache import NO_CACHE, Cache
from .levels import LongestPath, longest_path
from .mapping import synthesise
from .measurement import Measurement, map_core, measure
from .netlist import Cell, Netlist
from .placement import SEEDS, Timing, place
from .resources import Resources, count
from .target import TARGETS, Target, find_target

__all__ = [
    "NO_CACHE",
    "SEEDS",
    "TARGETS",
    "Cache",
    "Cell",
    "LongestPath",
    "Measurement",
    "Netlist",
    "Resources",
    "Target",
    "Timing",
    "cache_folder",
    "count",
    "find_target",
    "longest_path",
    "map_core",
    "measure",
    "place",
    "synthesise",
]
