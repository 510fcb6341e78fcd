"""The FuseSoC description of a design: a core file of CAPI 2."""

from __future__ import annotations

from collections.abc import Iterable

from .design import Design
from .target import LIBRARY, PART, VENDOR, title
from .text import fill


def core_text(design: Design, constraints: str, testbench: Iterable[str]) -> str:
    """The core file.

    Parameters
    ----------
    design : Design
        What it describes.
    constraints : str
        The XDC file beside it.
    testbench : iterable of str
        The testbench and the files that it reads; none where there is no testbench.
    """
    files = list(testbench)
    return fill(
        "fusesoc.core",
        vlnv=f"{VENDOR}:{LIBRARY}:{design.top}:{design.version}",
        title=title(design),
        top=design.top,
        part=PART,
        verilog=design.verilog,
        # Memories are read by name from the folder that a tool runs in, where copyto puts them.
        memories="".join(_beside(name, "mem") for name in design.memories),
        constraints=constraints,
        testbench_files=_files(files),
        testbench_targets=_targets(design) if files else "",
    )


def _beside(name: str, file_type: str) -> str:
    return f"      - {name}: {{file_type: {file_type}, copyto: {name}}}\n"


def _files(testbench: list[str]) -> str:
    if not testbench:
        return ""
    source, *read = testbench
    head = f"  testbench:\n    files:\n      - {source}: {{file_type: systemVerilogSource}}\n"
    return head + "".join(_beside(name, "user") for name in read)


def _targets(design: Design) -> str:
    return fill("fusesoc_sim.core", top=design.top)
