"""The registers for software: a header for C, and a module for Python.

Both are checked in, so that a board needs neither a compiler of SystemRDL nor PeakRDL.
"""

from __future__ import annotations

from ..errors import PezoError
from ..tools.completeness import complete_text
from ..tools.folders import temporary_folder
from .register import Field, Register
from .register_map import RegisterMap, compile_description, register_map

HEADER = "pezo_registers.h"
_MODULE = '''"""{title}: offsets and fields of its registers.

Made from pezo_hw/registers/pezo.rdl by ``make registers``; not to be edited. ``OFFSET`` is in
bytes; ``_VALUE`` is what a constant field holds in every device, and a field whose values have
names has each of them behind its own.
"""

# ruff: noqa: N801 (a register keeps its name)

from .bus import Field
'''


def c_header() -> str:
    """The header's text: masks, positions, values with a name, and a struct of the registers.

    Needs ``peakrdl-cheader``, which is a development dependency: the header is checked in.
    """
    from peakrdl_cheader.exporter import CHeaderExporter

    with temporary_folder() as folder:
        path = folder / HEADER
        CHeaderExporter().export(compile_description(), str(path))
        text = complete_text(path, "PeakRDL")
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


def python_module(registers: RegisterMap) -> str:
    """The text of the module: a class a register, with its offset and its fields."""
    classes = (_class(register) for register in registers.registers)
    return _MODULE.format(title=registers.title) + "".join(classes)


def _class(register: Register) -> str:
    lines = ["", "", f"class {register.name}:", f'    """{register.title}."""', ""]
    lines.append(f"    OFFSET = 0x{register.address:02X}")
    for field in register.fields:
        name = field.name.upper()
        lines.append(f"    {name} = Field({field.low}, {field.width})")
        if field.reset is not None and not field.writable:
            lines.append(f"    {name}_VALUE = {field.reset}")
        lines += [f"    {name}_{each.name.upper()} = {each.value}" for each in field.meanings]
    return "\n".join(lines) + "\n"
