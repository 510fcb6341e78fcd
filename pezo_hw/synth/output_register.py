"""The output register of ECP5's block RAM, which Yosys leaves unused.

Without it a DP16KD answers 4.1 ns after the clock edge. The core has a register there, written as
one that a block RAM can take in (enabled with the RAM, never reset); vendors' tools do so, and this
pass does it for Yosys' netlist. Source: Lattice FPGA-TN-02204, section on output registers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

Cells = dict[str, Any]
_WIDTH = 18
# A flip-flop that the register can stand for: rising edge, no reset, starts as 0.
_PLAIN = {"CLKMUX": "CLK", "REGSET": "RESET"}


def absorb_output_registers(module: dict[str, Any]) -> int:
    """Move flip-flops into the block RAMs that feed them, where nothing else reads the RAM.

    Parameters
    ----------
    module : dict
        A module as Yosys' JSON holds it, in ECP5's cells; it is changed in place.

    Returns
    -------
    int
        The flip-flops that have gone.
    """
    cells: Cells = module["cells"]
    before = len(cells)
    readers = _readers(module)
    for cell in list(cells.values()):  # a copy: flip-flops are taken out meanwhile
        if cell["type"] == "DP16KD":
            for side in "AB":
                _absorb(cells, readers, cell, side)
    return before - len(cells)


def _readers(module: dict[str, Any]) -> dict[object, list[tuple[str, str]]]:
    """Who reads each wire: cell and port; output ports of the module count with cell ``""``."""
    readers = defaultdict(list)
    for name, cell in module["cells"].items():
        for port, bits in cell["connections"].items():
            if cell["port_directions"][port] == "input":
                for bit in bits:
                    readers[bit].append((name, port))
    for port, description in module["ports"].items():
        for bit in description["bits"]:
            readers[bit].append(("", port))
    return readers


def _absorb(
    cells: Cells, readers: dict[object, list[tuple[str, str]]], ram: dict[str, Any], side: str
) -> None:
    """Fill one side's output register, if all that is read of it fits."""
    if ram["parameters"].get(f"REGMODE_{side}") != "NOREG":
        return
    pins = ram["connections"]
    outputs = [f"DO{side}{bit}" for bit in range(_WIDTH)]
    used = [pin for pin in outputs if readers[pins[pin][0]]]
    # All of a side or nothing: it has one register, with one clock and one enable.
    flops = {pin: _only_flop(cells, readers[pins[pin][0]]) for pin in used}
    registers = {pin: name for pin, name in flops.items() if name is not None}
    clocks = {cells[name]["connections"]["CLK"][0] for name in registers.values()}
    enables = {_enable(cells[name]) for name in registers.values()}
    if registers != flops or clocks != set(pins[f"CLK{side}"]) or len(enables) != 1:
        return
    ram["parameters"][f"REGMODE_{side}"] = "OUTREG"
    pins[f"OCE{side}"] = [enables.pop()]
    for pin, name in registers.items():
        # The RAM drives what the flip-flop drove; the wire between them is gone.
        pins[pin] = cells.pop(name)["connections"]["Q"]


def _only_flop(cells: Cells, readers: list[tuple[str, str]]) -> str | None:
    """The plain flip-flop that alone reads a wire, or None."""
    if len(readers) != 1 or readers[0][1] != "DI":
        return None
    name = readers[0][0]
    cell = cells.get(name, {"type": None})
    if cell["type"] != "TRELLIS_FF" or cell["connections"].get("LSR", ["0"]) != ["0"]:
        return None
    parameters = cell["parameters"]
    plain = all(parameters.get(key, value) == value for key, value in _PLAIN.items())
    return name if plain and parameters.get("CEMUX", "CE") in ("CE", "1") else None


def _enable(flop: dict[str, Any]) -> object:
    """The wire that enables a flip-flop; the constant "1" where it always runs."""
    if flop["parameters"].get("CEMUX") == "1":
        return "1"
    return flop["connections"]["CE"][0]
