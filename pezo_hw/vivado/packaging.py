"""A design as an IP: what it goes by, and how Vivado and FuseSoC are told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..tools.files import fill_template
from .design import Design
from .interfaces import MEMORY_MAP_BYTES, BusInterface
from .out_of_context import PART

VENDOR = "pezo_hw"
LIBRARY = "perturbation"
TAXONOMY = "/UserIP"
# Families as Vivado names them. The Verilog is plain, and knows of none of them.
FAMILIES = (
    "zynquplus",
    "kintexuplus",
    "virtexuplus",
    "kintexu",
    "virtexu",
    "zynq",
    "artix7",
    "kintex7",
    "virtex7",
)
LIFE_CYCLE = "Pre-Production"


def ip_version(design: Design) -> str:
    """Vivado knows versions of two numbers only."""
    return ".".join(design.version.split(".")[:2])


def title(design: Design) -> str:
    """What the IP is, in a few words that Tcl, XML and YAML take as they are."""
    strategy = design.manifest["config"]["perturbation"]["strategy"]
    name = re.sub(r"[^A-Za-z0-9_.-]", "_", design.manifest["name"])
    return f"PeZO perturbation {design.system}, {strategy} ({name})"


def packaging_text(design: Design, interfaces: Sequence[BusInterface]) -> str:
    """The Tcl that has Vivado package a design as an IP.

    It declares these interfaces in place of those that Vivado would guess.
    """
    return fill_template(
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


def fusesoc_text(design: Design, constraints: str, testbench: Iterable[str]) -> str:
    """The description of a design for FuseSoC: a core file of CAPI 2.

    Parameters
    ----------
    design : Design
        What it describes.
    constraints : str
        The XDC file beside it.
    testbench : iterable of str
        The testbench and the files that it reads.
    """
    source, *read = testbench
    return fill_template(
        Path(__file__).parent / "templates" / "fusesoc.core",
        vlnv=f"{VENDOR}:{LIBRARY}:{design.top}:{design.version}",
        title=title(design),
        top=design.top,
        part=PART,
        verilog=design.verilog,
        # Memories are read by name from the folder that a tool runs in, where copyto puts them.
        memories="".join(_beside(name, "mem") for name in design.memories),
        constraints=constraints,
        testbench=source,
        testbench_reads="".join(_beside(name, "user") for name in read),
    )


def _beside(name: str, file_type: str) -> str:
    return f"      - {name}: {{file_type: {file_type}, copyto: {name}}}\n"
