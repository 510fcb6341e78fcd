"""The register map as a page of the documentation."""

from __future__ import annotations

from .register import Field, Register
from .register_map import RegisterMap

_HEAD = """\
# Registers

Made from [`pezo.rdl`](../pezo_hw/registers/pezo.rdl) by `make registers`; do not edit.
[The AXI system](axi.md) says how they are used. `rw1c`: writing a one clears. A reset value of `-`
is given by the hardware: a constant of the configuration, or what happens.
"""


def markdown(register_map: RegisterMap) -> str:
    """The page: a list of all registers, then the fields of each."""
    parts = [_HEAD, f"{register_map.description}\n", _overview(register_map)]
    parts += [_section(register) for register in register_map.registers]
    return "\n".join(parts)


def _overview(register_map: RegisterMap) -> str:
    rows = [
        f"| `0x{register.address:03X}` | [`{register.name}`](#{register.name.lower()}) "
        f"| {_access(register)} | {register.title} |"
        for register in register_map.registers
    ]
    return "\n".join(["| address | register | access | |", "|---|---|---|---|", *rows, ""])


def _access(register: Register) -> str:
    return "r" * register.readable + "w" * register.writable


def _section(register: Register) -> str:
    said = [f"{register.description}\n"] if register.description else []
    head = [
        f"## {register.name}\n",
        f"`0x{register.address:03X}`, {_access(register)}. {register.title}.\n",
        *said,
    ]
    table = ["| bits | field | access | reset | |", "|---|---|---|---|---|"]
    table += [_row(field) for field in register.fields]
    values = [_values(field) for field in register.fields if field.meanings]
    return "\n".join([*head, *table, "", *values])


def _row(field: Field) -> str:
    high = field.low + field.width - 1
    bits = str(field.low) if field.width == 1 else f"{high}:{field.low}"
    reset = "-" if field.reset is None else f"{field.reset:#x}" if field.reset > 9 else field.reset
    description = field.description.replace("|", "\\|")
    return f"| {bits} | `{field.name}` | {field.access} | {reset} | {description} |"


def _values(field: Field) -> str:
    rows = [f"| {each.value} | {each.title} | {each.description} |" for each in field.meanings]
    return "\n".join([f"| `{field.name}` | | |", "|--:|---|---|", *rows, ""])
