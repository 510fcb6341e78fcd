"""The registers as a Python module for the driver, which a board imports without any compiler."""

from __future__ import annotations

from .register import Register
from .register_map import RegisterMap

_HEADER = '''"""{title}: offsets and fields of its registers.

Made from pezo_hw/registers/pezo.rdl by ``make registers``; not to be edited. ``OFFSET`` is in
bytes; ``_VALUE`` is what a constant field holds in every device, and a field whose values have
names has each of them behind its own.
"""

# ruff: noqa: N801 (a register keeps its name)

from .field import Field
'''


def python_module(registers: RegisterMap) -> str:
    """The text of the module: a class a register, with its offset and its fields."""
    classes = (_class(register) for register in registers.registers)
    return _HEADER.format(title=registers.title) + "".join(classes)


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
