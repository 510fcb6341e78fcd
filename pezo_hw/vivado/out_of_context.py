"""The Tcl that synthesises and implements a design on its own."""

from __future__ import annotations

from pathlib import Path

from ..tools.template import fill
from .design import Design
from .target import PART


def out_of_context_text(design: Design, constraints: str, activity: str, instance: str) -> str:
    """The script.

    Parameters
    ----------
    design : Design
        What to implement.
    constraints : str
        The XDC file beside the script.
    activity : str
        The SAIF file beside the script; empty to estimate power without one.
    instance : str
        The path of the design in that file, with slashes.
    """
    return fill(
        Path(__file__).parent / "templates" / "out_of_context.tcl",
        top=design.top,
        part=PART,
        verilog=design.verilog,
        memories=" ".join(design.memories),
        constraints=constraints,
        activity=activity,
        instance=instance,
    )
