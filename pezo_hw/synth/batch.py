"""Many measurements at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ..emit import EmittedCore, emit_core
from ..tools.processes import side_by_side
from .cache import NO_CACHE, Cache
from .measurement import Measurement, map_core
from .resources import count
from .rows import Row


def measure_rows(
    wanted: Sequence[tuple[Row, str]],
    *,
    cache: Cache = NO_CACHE,
    on_row: Callable[[], None] = lambda: None,
) -> list[Measurement]:
    """Counts of rows for targets, in order; as many mapped at a time as there are cores.

    Parameters
    ----------
    wanted : sequence of (Row, str)
        Rows with the names of targets.
    cache : Cache
        Where results are looked up and kept.
    on_row : callable
        Called after each.
    """

    def map_one(row: Row, core: EmittedCore, target: str) -> Measurement:
        netlist = map_core(core, target, cache=cache)
        on_row()
        return Measurement(
            name=row.source,
            system=row.system,
            target=target,
            tool=netlist.tool,
            resources=count(netlist),
        )

    cores: dict[Row, EmittedCore] = {}
    for row, _ in wanted:
        if row not in cores:
            cores[row] = emit_core(row.config, system=row.system)
    return side_by_side(partial(map_one, row, cores[row], target) for row, target in wanted)
