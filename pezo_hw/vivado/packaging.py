"""The Tcl that has Vivado package a design as an IP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..tools.template import fill
from .design import Design
from .interfaces import MEMORY_MAP_BYTES, BusInterface
from .target import FAMILIES, LIBRARY, LIFE_CYCLE, PART, TAXONOMY, VENDOR, ip_version, title


def packaging_text(design: Design, interfaces: Sequence[BusInterface]) -> str:
    """The script; it declares these interfaces in place of those that Vivado would guess."""
    return fill(
        Path(__file__).parent / "templates" / "package_ip.tcl",
        top=design.top,
        part=PART,
        verilog=design.verilog,
        memories=" ".join(design.memories),
        families=" ".join(f"{family} {LIFE_CYCLE}" for family in FAMILIES),
        vendor=VENDOR,
        library=LIBRARY,
        taxonomy=TAXONOMY,
        version=ip_version(design),
        title=title(design),
        interfaces="\n".join(_declaration(interface) for interface in interfaces),
    )


def _declaration(interface: BusInterface) -> str:
    head = f"declare $core {interface.name} {interface.bus} {interface.mode}"
    lists = f"{_tcl_list(interface.port_maps)} {_tcl_list(interface.parameters)}"
    if not interface.memory_map:
        return f"    {head} {lists}"
    declared = f"    set slave [{head} {lists}]"
    bytes_and_name = f"{interface.memory_map} {MEMORY_MAP_BYTES}"
    return f"{declared}\n    declare_memory_map $core $slave {bytes_and_name}"


def _tcl_list(pairs: Mapping[str, str]) -> str:
    lines = [f"        {key} {value}\n" for key, value in pairs.items()]
    return "{\n" + "".join(lines) + "    }"
