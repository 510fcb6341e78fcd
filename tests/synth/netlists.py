"""Small netlists, written by hand."""

from __future__ import annotations

from typing import Any

from pezo_hw.synth import Netlist

OUTPUTS = {
    "O",
    "Q",
    "Z",
    "CO",
    "DOUTADOUT",
    *(f"DO{side}{bit}" for side in "AB" for bit in range(18)),
}


def netlist(
    cells: dict[str, tuple[str, dict[str, Any]]],
    *,
    inputs: dict[str, list[int]],
    outputs: dict[str, list[int]],
    target: str = "xcup",
) -> Netlist:
    """A module ``top`` of cells given as ``name: (type, {port: wire or wires})``."""
    described = {
        name: {
            "type": kind,
            "parameters": {},
            "port_directions": {p: "output" if p in OUTPUTS else "input" for p in ports},
            "connections": {p: w if isinstance(w, list) else [w] for p, w in ports.items()},
        }
        for name, (kind, ports) in cells.items()
    }
    directions = {"input": inputs, "output": outputs}
    ports = {
        name: {"direction": direction, "bits": bits}
        for direction, named in directions.items()
        for name, bits in named.items()
    }
    module = {"ports": ports, "cells": described, "netnames": _names(ports, described)}
    return Netlist(
        target=target, top="top", tool="hand", json={"modules": {"top": module}}, verilog=""
    )


def _names(ports: dict[str, Any], cells: dict[str, Any]) -> dict[str, Any]:
    """Ports by their names; every cell's outputs by ``<cell>_<port>``, hidden."""
    names = {name: {"hide_name": 0, "bits": port["bits"]} for name, port in ports.items()}
    for cell, described in cells.items():
        for port, direction in described["port_directions"].items():
            if direction == "output":
                bits = described["connections"][port]
                names[f"{cell}_{port}"] = {"hide_name": 1, "bits": bits}
    return names


def register(d: int, q: int, *, enable: int | str = "1") -> tuple[str, dict[str, Any]]:
    """A flip-flop on wire 1, the clock."""
    return "FDRE", {"C": 1, "CE": enable, "D": d, "R": "0", "Q": q}
