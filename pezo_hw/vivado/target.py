"""The device of the hand-off, and the name that the IP goes by."""

from __future__ import annotations

import re

from .design import Design

# The ZCU102, on which the paper measures.
PART = "xczu9eg-ffvb1156-2-e"
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
