"""The FuseSoC description of a design: a core file of CAPI 2."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..tools.template import fill
from .design import Design
from .target import LIBRARY, PART, VENDOR, title


def core_text(design: Design, constraints: str, testbench: Iterable[str]) -> str:
    """The core file.

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
    return fill(
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
