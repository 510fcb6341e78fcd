"""The register map as a C header, by PeakRDL."""

from __future__ import annotations

from ..tools.completeness import complete_text
from ..tools.folders import temporary_folder
from .register_map import compile_description

HEADER = "pezo_registers.h"


def c_header() -> str:
    """The header's text: masks, positions, reset values, and a struct of the registers.

    Needs ``peakrdl-cheader``, which is a development dependency: the header is checked in.
    """
    from peakrdl_cheader.exporter import CHeaderExporter

    with temporary_folder() as folder:
        path = folder / HEADER
        CHeaderExporter().export(compile_description(), str(path))
        return complete_text(path, "PeakRDL")
