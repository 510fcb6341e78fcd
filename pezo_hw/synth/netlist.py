"""A mapped netlist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .target import Target, find_target

# Yosys' JSON numbers the bits that are wires; "0", "1", "x" and "z" are constants.
Bit = int | str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell.

    Attributes
    ----------
    name, type : str
        Its own name, and that of its kind in the family's library.
    parameters : mapping of str to str
        Values as the library spells them; bits as text of 0, 1 and x, the highest first. The
        ``INIT...`` of a block RAM hold its contents.
    inputs, outputs : mapping of str to sequence of Bit
        Connections by port, the lowest bit first.
    """

    name: str
    type: str
    parameters: Mapping[str, str]
    inputs: Mapping[str, Sequence[Bit]]
    outputs: Mapping[str, Sequence[Bit]]

    @property
    def input_wires(self) -> Iterator[tuple[str, int]]:
        """Every wire at an input with the port's name; constants are left out."""
        for port, bits in self.inputs.items():
            yield from ((port, bit) for bit in bits if isinstance(bit, int))

    @property
    def output_wires(self) -> Iterator[tuple[str, int]]:
        """Every wire at an output with the port's name."""
        for port, bits in self.outputs.items():
            yield from ((port, bit) for bit in bits if isinstance(bit, int))


@dataclass(frozen=True, kw_only=True)
class Netlist:
    """A design in the cells of a target, flat.

    Attributes
    ----------
    target : str
        The target's name.
    top : str
        The one module.
    tool : str
        What mapped it.
    json : dict
        The design as Yosys' ``write_json`` gives it.
    verilog : str
        The same as Verilog: instances of the family's cells, memory contents in their parameters.
    """

    target: str
    top: str
    tool: str
    json: dict[str, Any]
    verilog: str

    @property
    def family(self) -> Target:
        """The target itself."""
        return find_target(self.target)

    @cached_property
    def cells(self) -> list[Cell]:
        """Every cell, in the order of their names."""
        cells = self._module["cells"]
        return [_cell(name, cells[name]) for name in sorted(cells)]

    def port_wires(self, direction: str) -> Iterator[int]:
        """The wires of the module's ``"input"`` or ``"output"`` ports."""
        for port in self._module["ports"].values():
            if port["direction"] == direction:
                yield from (bit for bit in port["bits"] if isinstance(bit, int))

    @cached_property
    def wire_names(self) -> dict[int, str]:
        """The most telling name of every wire: a name of the source, the shortest of several."""
        candidates: dict[int, list[tuple[bool, int, str]]] = {}
        for name, net in self._module["netnames"].items():
            for index, bit in enumerate(net["bits"]):
                full = f"{name}[{index + net.get('offset', 0)}]" if len(net["bits"]) > 1 else name
                rank = (bool(net["hide_name"]), len(full), full)
                candidates.setdefault(bit, []).append(rank)
        return {bit: min(ranks)[-1] for bit, ranks in candidates.items()}

    @property
    def _module(self) -> dict[str, Any]:
        module: dict[str, Any] = self.json["modules"][self.top]
        return module


def _cell(name: str, raw: dict[str, Any]) -> Cell:
    directions = raw["port_directions"]
    connected = raw["connections"]
    return Cell(
        name=name,
        type=raw["type"],
        parameters=raw["parameters"],
        inputs={port: bits for port, bits in connected.items() if directions[port] == "input"},
        outputs={port: bits for port, bits in connected.items() if directions[port] != "input"},
    )
