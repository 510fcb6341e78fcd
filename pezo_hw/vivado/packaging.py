"""A design as an IP: what it goes by, and how Vivado and FuseSoC are told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..tools.files import fill_template
from .design import Design
from .interfaces import MEMORY_MAP_BYTES, BusInterface
from .memory_map import OFFSET_PARAMETERS, memory_maps
from .part import Part
from .registers_tcl import registers_list, tcl_list

VENDOR = "pezo_hw"
LIBRARY = "perturbation"
TAXONOMY = "/UserIP"
# Families as Vivado names them. The Verilog is plain, and knows of none of them.
FAMILIES = (
    *("spartan7", "artix7", "artix7l", "kintex7", "kintex7l", "virtex7", "zynq"),
    *("kintexu", "virtexu"),
    *("artixuplus", "kintexuplus", "virtexuplus", "virtexuplusHBM", "virtexuplus58g"),
    *("zynquplus", "zynquplusRFSOC"),
    *("versal", "versalprime", "versalpremium", "versalhbm", "versalaicore", "versalaiedge"),
)
LIFE_CYCLE = "Pre-Production"
# Any clock is right: without this, a block design holds its own against a frequency of the IP.
IPI_CHECKS = {"ignore_freq_hz": "true"}


def ip_version(design: Design) -> str:
    """Vivado knows versions of two numbers only."""
    return ".".join(design.version.split(".")[:2])


def title(design: Design) -> str:
    """What the IP is, in a few words that Tcl, XML and YAML take as they are."""
    strategy = design.manifest["config"]["perturbation"]["strategy"]
    name = re.sub(r"[^A-Za-z0-9_.-]", "_", design.manifest["name"])
    return f"PeZO perturbation {design.system}, {strategy} ({name})"


def packaging_text(design: Design, interfaces: Sequence[BusInterface], part: Part) -> str:
    """The Tcl that has Vivado package a design as an IP.

    It declares these interfaces, with their registers, in place of those that Vivado would guess.
    """
    registers = {name: registers_list(found) for name, found in memory_maps(design, interfaces)}
    return fill_template(
        Path(__file__).parent / "templates" / "package_ip.tcl",
        top=design.top,
        part=part.name,
        verilog=design.verilog,
        memories=" ".join(design.memories),
        families=" ".join(f"{family} {LIFE_CYCLE}" for family in FAMILIES),
        vendor=VENDOR,
        library=LIBRARY,
        taxonomy=TAXONOMY,
        version=ip_version(design),
        title=title(design),
        revision=design.revision,
        checks=" ".join(f"{name} {value}" for name, value in IPI_CHECKS.items()),
        defaults=_defaults(design),
        interfaces="\n".join(_declaration(each, registers) for each in interfaces),
    )


def _defaults(design: Design) -> str:
    known = ((port, design.default(port)) for port in design.ports)
    return tcl_list({port.name: str(value) for port, value in known if value is not None})


def _declaration(interface: BusInterface, registers: Mapping[str, str]) -> str:
    head = f"declare $core {interface.name} {interface.bus} {interface.mode}"
    lists = f"{tcl_list(interface.port_maps)} {tcl_list(interface.parameters)}"
    if not interface.memory_map:
        return f"    {head} {lists}"
    declared = f"    set slave [{head} {lists}]"
    name = interface.memory_map
    space = f"{name} {MEMORY_MAP_BYTES} {tcl_list(OFFSET_PARAMETERS)}"
    block = f"    set block [declare_memory_map $core $slave {space}]"
    return f"{declared}\n{block}\n    declare_registers $block {registers[name]}"


def fusesoc_text(design: Design, part: Part, constraints: str, testbench: Iterable[str]) -> str:
    """The description of a design for FuseSoC: a core file of CAPI 2.

    Parameters
    ----------
    design : Design
        What it describes.
    part : Part
        What its target ``synth`` is for.
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
        part=part.name,
        verilog=design.verilog,
        # Memories are read by name from the folder that a tool runs in, where copyto puts them.
        memories="".join(_beside(name, "mem") for name in design.memories),
        constraints=constraints,
        testbench=source,
        testbench_reads="".join(_beside(name, "user") for name in read),
    )


def _beside(name: str, file_type: str) -> str:
    return f"      - {name}: {{file_type: {file_type}, copyto: {name}}}\n"
