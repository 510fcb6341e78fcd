"""Many measurements at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from ..emit import EmittedCore, emit_core
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
            architecture=row.architecture,
            target=target,
            tool=netlist.tool,
            resources=count(netlist),
        )

    cores: dict[Row, EmittedCore] = {}
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        futures = []
        for row, target in wanted:
            if row not in cores:
                cores[row] = emit_core(row.config, architecture=row.architecture)
            futures.append(pool.submit(map_one, row, cores[row], target))
        return [future.result() for future in futures]
