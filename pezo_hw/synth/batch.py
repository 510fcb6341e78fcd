"""Many measurements at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from ..emit import EmittedCore, emit_core
from ..tools.processes import side_by_side
from ..tools.yosys import find_yosys
from .cache import NO_CACHE, Cache
from .measurement import Measurement, map_core
from .record import resources_key
from .resources import Resources, count
from .rows import Row

NOTHING: Mapping[str, Resources] = MappingProxyType({})


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
    return [measurement for _, measurement in keyed_rows(wanted, cache=cache, on_row=on_row)]


def keyed_rows(
    wanted: Sequence[tuple[Row, str]],
    *,
    cache: Cache = NO_CACHE,
    known: Mapping[str, Resources] = NOTHING,
    on_row: Callable[[], None] = lambda: None,
) -> list[tuple[str, Measurement]]:
    """What `measure_rows` gives, each with its key in a record.

    Parameters
    ----------
    wanted, cache, on_row
        As there.
    known : mapping of str to Resources
        What is known by its key; it is neither mapped nor counted again.
    """

    def measure_one(row: Row, core: EmittedCore, target: str) -> tuple[str, Measurement]:
        key = resources_key(core, target, system=row.system)
        if key in known:
            used = known[key]
        else:
            used = count(map_core(core, target, system=row.system, cache=cache))
        on_row()
        return key, measurement_of(row, target, used)

    # Emitted here, one after another, while those before are mapped.
    return side_by_side(
        partial(measure_one, row, core, target) for row, core, target in _emissions(wanted)
    )


def measurement_of(row: Row, target: str, used: Resources) -> Measurement:
    """The measurement of a row for a target that took this, by the Yosys in use."""
    return Measurement(
        name=row.source,
        system=row.system,
        target=target,
        tool=find_yosys().name,
        resources=used,
    )


def _emissions(wanted: Sequence[tuple[Row, str]]) -> Iterator[tuple[Row, EmittedCore, str]]:
    """The rows with their cores; a row that is wanted for several targets is emitted once."""
    cores: dict[Row, EmittedCore] = {}
    for row, target in wanted:
        if row not in cores:
            cores[row] = emit_core(row.config, system=row.system)
        yield row, cores[row], target
