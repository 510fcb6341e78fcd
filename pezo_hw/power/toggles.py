"""Transitions a cycle, summed over the cells that drive the nets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from ..synth.netlist import Cell
from ..synth.target import Target
from .activity import Activity
from .copies import extrapolated
from .gates import Gates

BLOCK_RAM, FLIP_FLOP = "block RAM", "flip-flop"
MOST_NETS = 10_000


@dataclass(frozen=True, kw_only=True)
class Net:
    """A net and how often it switches.

    Attributes
    ----------
    name : str
        As the source calls it.
    cell : str
        The type of the cell that drives it.
    toggles : float
        Transitions a cycle.
    """

    name: str
    cell: str
    toggles: float


@dataclass(frozen=True, kw_only=True)
class Toggles:
    """How often the nets that cells drive change their level, a cycle.

    Attributes
    ----------
    by_kind : mapping of str to float
        Transitions a cycle of all outputs of each kind of cell.
    nets : sequence of Net
        Those that switch most, first of them the most often; as many as were asked for.
    """

    by_kind: Mapping[str, float]
    nets: Sequence[Net] = ()

    @property
    def total(self) -> float:
        """Those of all cells but block RAMs, whose outputs say nothing of what happens within."""
        return sum(count for kind, count in self.by_kind.items() if kind != BLOCK_RAM)

    def as_dict(self) -> dict[str, object]:
        """The same as plain data, for JSON."""
        return {
            "total": self.total,
            "by_kind": dict(self.by_kind),
            "nets": [asdict(net) for net in self.nets],
        }


def toggles_of(
    gates: Gates, activity: Activity, kinds: Mapping[str, str], nets: int = 0
) -> Toggles:
    """The toggles of a netlist.

    Parameters
    ----------
    gates : Gates
        The netlist.
    activity : Activity
        What its nets do.
    kinds : mapping of str to str
        The kind of each type of cell.
    nets : int
        How many nets to list.
    """
    by_kind: dict[str, int] = {}
    for net, cell in gates.drivers.items():
        kind = kinds[cell.type]
        by_kind[kind] = by_kind.get(kind, 0) + activity.transitions[net]
    return Toggles(
        by_kind={kind: by_kind[kind] / activity.cycles for kind in sorted(by_kind)},
        nets=_busiest(gates, activity, nets),
    )


def kinds_in_device(cells: Collection[Cell], family: Target) -> dict[str, str]:
    """The kind of every type of cell of a family's netlist."""
    return {cell.type: _kind(cell.type, family) for cell in cells}


def kinds_of_gates(cells: Collection[Cell], registers: Collection[str]) -> dict[str, str]:
    """The kind of every type of gate; ``registers`` are those that keep a state."""
    return {cell.type: FLIP_FLOP if cell.type in registers else "gate" for cell in cells}


def extrapolated_toggles(small: Toggles, large: Toggles, copies: int) -> Toggles:
    """The toggles of so many copies from those of a few; the nets are those of a few."""
    return Toggles(
        by_kind={
            kind: extrapolated(small.by_kind.get(kind, 0.0), count, copies)
            for kind, count in large.by_kind.items()
        },
        nets=large.nets,
    )


def _kind(cell_type: str, family: Target) -> str:
    library = family.cells
    if library.is_register(cell_type):
        return FLIP_FLOP
    for kind, types in (
        ("LUT", library.luts),
        (BLOCK_RAM, library.block_rams),
        ("LUT memory", library.lut_memories),
        ("carry", library.carries),
    ):
        if cell_type in types:
            return kind
    return cell_type


def _busiest(gates: Gates, activity: Activity, nets: int) -> list[Net]:
    names = gates.netlist.wire_names
    ranked = sorted(gates.drivers, key=lambda net: (-activity.transitions[net], net))
    return [
        Net(
            name=names.get(net, f"n{net}"),
            cell=gates.drivers[net].type,
            toggles=activity.transitions[net] / activity.cycles,
        )
        for net in ranked[:nets]
    ]
