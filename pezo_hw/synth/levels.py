"""Logic levels: the longest chain of combinational cells between registers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from ..errors import PezoError
from .netlist import Cell, Netlist


@dataclass(frozen=True, kw_only=True)
class LongestPath:
    """A longest path from a register, block RAM or input to a register, block RAM or output.

    Attributes
    ----------
    levels : int
        Combinational cells on it (LUTs, multiplexers, carry cells), each counted as one.
    start, end : str
        What it leaves and what it reaches.
    cells : tuple of str
        The types of the cells on it, in order.
    """

    levels: int
    start: str
    end: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return " → ".join((self.start, *self.cells, self.end))


def longest_path(netlist: Netlist) -> LongestPath:
    """The longest path of a netlist; of several the first by the names of the cells.

    Raises
    ------
    PezoError
        For a loop without a register in it.
    """
    arrivals = _Arrivals(netlist)
    level, wire, end = max(
        ((arrivals.level_of(wire), wire, end) for wire, end in _ends(netlist)),
        key=lambda found: found[0],
        default=(0, None, "nothing"),
    )
    if wire is None:
        return LongestPath(levels=0, start="nothing", end=end, cells=())
    start, cells = arrivals.trace(wire)
    return LongestPath(levels=level, start=start, end=end, cells=cells)


def _ends(netlist: Netlist) -> Iterator[tuple[int, str]]:
    """Where paths end, with names: clocked inputs of cells, and output ports."""
    library = netlist.family.cells
    for cell in netlist.cells:
        for port, wire in cell.input_wires:
            if library.is_clocked(cell.type, port):
                yield wire, _place(netlist, cell, port)
    for wire in netlist.port_wires("output"):
        yield wire, f"output {netlist.wire_names[wire]}"


def _place(netlist: Netlist, cell: Cell, port: str) -> str:
    """A register goes by what it drives, any other cell by its own name; with the port."""
    driven = [wire for _, wire in cell.output_wires]
    known = netlist.family.cells.is_register(cell.type) and driven
    return f"{netlist.wire_names[driven[0]] if known else cell.name}.{port}"


class _Arrivals:
    """The level at which each wire settles, and the wire before it on the longest way there."""

    def __init__(self, netlist: Netlist) -> None:
        self._netlist = netlist
        self._levels: dict[int, int] = {}
        self._before: dict[int, tuple[int | None, str]] = {}
        for cell in _in_order_of_settling(netlist):
            self._settle(cell)

    def level_of(self, wire: int) -> int:
        """Cells between the last register and the wire."""
        return self._levels.get(wire, 0)

    def trace(self, wire: int) -> tuple[str, tuple[str, ...]]:
        """Where the longest way to a wire starts, and the cells that it goes through."""
        cells: list[str] = []
        at: int | None = wire
        while at in self._before:
            at, cell_type = self._before[at]
            cells.insert(0, cell_type)
        return self._start(at), tuple(cells)

    def _settle(self, cell: Cell) -> None:
        if not cell.inputs:
            return
        last = max(_read_through(self._netlist, cell), key=self.level_of, default=None)
        level = 1 + (0 if last is None else self.level_of(last))
        for _, wire in cell.output_wires:
            self._levels[wire] = level
            self._before[wire] = (last, cell.type)

    def _start(self, wire: int | None) -> str:
        if wire is None:
            return "a constant"
        for cell in self._netlist.cells:
            for port, driven in cell.output_wires:
                if driven == wire:
                    return _place(self._netlist, cell, port)
        return f"input {self._netlist.wire_names[wire]}"


def _read_through(netlist: Netlist, cell: Cell) -> list[int]:
    """The input wires that a cell's outputs follow without a clock edge."""
    library = netlist.family.cells
    return [wire for port, wire in cell.input_wires if not library.is_clocked(cell.type, port)]


def _in_order_of_settling(netlist: Netlist) -> list[Cell]:
    """The combinational cells, each after those that drive it."""
    library = netlist.family.cells
    combinational = [
        cell
        for cell in netlist.cells
        if not library.is_register(cell.type) and cell.type not in library.block_rams
    ]
    driver = {wire: cell.name for cell in combinational for _, wire in cell.output_wires}
    graph = {
        cell.name: {driver[w] for w in _read_through(netlist, cell) if w in driver}
        for cell in combinational
    }
    by_name = {cell.name: cell for cell in combinational}
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        loop = " → ".join(error.args[1])
        raise PezoError(f"the netlist has a loop without a register: {loop}") from None
