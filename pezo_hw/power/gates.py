"""A mapped design whose nets and cells go by numbers, so that every tool calls them the same."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..synth.netlist import Bit, Cell, Netlist

_LONGEST_LINE = 1000
_BITS = re.compile(r"[01xz]+")


@dataclass(frozen=True, kw_only=True)
class Port:
    """A port of the top module.

    Attributes
    ----------
    name, direction : str
        As in the source; ``input`` or ``output``.
    bits : sequence of Bit
        Its nets, the lowest first.
    """

    name: str
    direction: str
    bits: Sequence[Bit]


@dataclass(frozen=True, kw_only=True)
class Gates:
    """A flat netlist as Verilog that names net i ``n<i>`` and the cells ``c0``, ``c1`` and so on.

    Names of the source have brackets, dollars and dots in them, which a simulator, its record and
    a timing analyser each spell in a way of their own.

    Attributes
    ----------
    netlist : Netlist
        The design, in cells of any library.
    """

    netlist: Netlist

    @cached_property
    def ports(self) -> list[Port]:
        """The ports, in the order of the source."""
        ports: Mapping[str, Any] = self.netlist.json["modules"][self.netlist.top]["ports"]
        return [
            Port(name=name, direction=port["direction"], bits=port["bits"])
            for name, port in ports.items()
        ]

    @cached_property
    def drivers(self) -> dict[int, Cell]:
        """The cell that drives each net that is read; the nets of input ports have none."""
        read = {net for cell in self.netlist.cells for _, net in cell.input_wires}
        read |= set(self.netlist.port_wires("output"))
        return {
            net: cell for cell in self.netlist.cells for _, net in cell.output_wires if net in read
        }

    @cached_property
    def pins(self) -> list[tuple[str, int]]:
        """Every pin of every cell that a net is at, as ``c<number>/<port>``, with the net."""
        return [
            (f"c{number}/{_pin(port, index, len(bits))}", bit)
            for number, cell in enumerate(self.netlist.cells)
            for port, bits in (*cell.inputs.items(), *cell.outputs.items())
            for index, bit in enumerate(bits)
            if isinstance(bit, int)
        ]

    def verilog(self) -> str:
        """The design, byte-identical from run to run."""
        return "\n".join(map(_fold, self._lines())) + "\n"

    def _lines(self) -> Iterator[str]:
        yield f"module {self.netlist.top}({', '.join(port.name for port in self.ports)});"
        for port in self.ports:
            yield f"  {port.direction} {_range(port.bits)}{port.name};"
        for net in sorted(self._nets()):
            yield f"  wire n{net};"
        for port in self.ports:
            ends = [port.name, _bits(port.bits)]
            target, source = ends if port.direction == "output" else reversed(ends)
            yield f"  assign {target} = {source};"
        for number, cell in enumerate(self.netlist.cells):
            yield from _instance(f"c{number}", cell)
        yield "endmodule"

    def _nets(self) -> set[int]:
        nets = {bit for port in self.ports for bit in port.bits if isinstance(bit, int)}
        for cell in self.netlist.cells:
            nets |= {net for _, net in (*cell.input_wires, *cell.output_wires)}
        return nets


def _fold(line: str) -> str:
    """The line, broken between words: Verilator refuses lines of over 40,000 tokens."""
    if len(line) <= _LONGEST_LINE:
        return line
    return textwrap.fill(
        line,
        _LONGEST_LINE,
        break_long_words=False,
        break_on_hyphens=False,
        subsequent_indent="    ",
    )


def _range(bits: Sequence[Bit]) -> str:
    return f"[{len(bits) - 1}:0] " if len(bits) > 1 else ""


def _pin(port: str, index: int, width: int) -> str:
    return port if width == 1 else f"{port}[{index}]"


def _bits(bits: Sequence[Bit]) -> str:
    """A concatenation; what is undefined is low, as an open input mostly is."""
    names = [f"n{bit}" if isinstance(bit, int) else f"1'b{int(bit == '1')}" for bit in bits]
    return names[0] if len(names) == 1 else f"{{{', '.join(reversed(names))}}}"


def _instance(name: str, cell: Cell) -> Iterator[str]:
    parameters = ", ".join(f".{key}({_value(v)})" for key, v in cell.parameters.items())
    connected = ", ".join(f".{port}({_bits(bits)})" for port, bits in cell.inputs.items() if bits)
    driven = ", ".join(
        f".{port}({_driven(bits)})"
        for port, bits in cell.outputs.items()
        if any(isinstance(bit, int) for bit in bits)
    )
    ends = ", ".join(text for text in (connected, driven) if text)
    yield f"  {cell.type} {f'#({parameters}) ' if parameters else ''}{name} ({ends});"


def _driven(bits: Sequence[Bit]) -> str:
    if not all(isinstance(bit, int) for bit in bits):
        raise RuntimeError(f"an output drives a constant: {bits}")
    return _bits(bits)


def _value(value: str) -> str:
    """A parameter as Yosys' JSON has it: bits, or text with a space behind what would be bits."""
    if _BITS.fullmatch(value):
        return f"{len(value)}'b{value}"
    return f'"{value.removesuffix(" ")}"'
