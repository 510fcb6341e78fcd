"""The register map as a C header, by PeakRDL."""

from __future__ import annotations

from ..errors import PezoError
from ..tools.folders import temporary_folder
from ..tools.whole import whole_text
from .register import Field, Register
from .register_map import compile_description, register_map

HEADER = "pezo_registers.h"


def c_header() -> str:
    """The header's text: masks, positions, values with a name, and a struct of the registers.

    Needs ``peakrdl-cheader``, which is a development dependency: the header is checked in.
    """
    from peakrdl_cheader.exporter import CHeaderExporter

    with temporary_folder() as folder:
        path = folder / HEADER
        CHeaderExporter().export(compile_description(), str(path))
        text = whole_text(path, "PeakRDL")
    for register in register_map().registers:
        for field in register.fields:
            text = _with_meanings(text, register, field)
    return text


def _with_meanings(text: str, register: Register, field: Field) -> str:
    """The values that have a name behind the field's own lines: PeakRDL leaves them out."""
    if not field.meanings:
        return text
    macro = f"PEZO__{register.name}__{field.name.upper()}"
    last = f"#define {macro}_bw {field.width}\n"
    if text.count(last) != 1:
        raise PezoError(f"PeakRDL's header has no {last.strip()}; reinstall peakrdl-cheader")
    lines = (f"#define {macro}__{each.name.upper()} {each.value:#x}\n" for each in field.meanings)
    return text.replace(last, last + "".join(lines))
