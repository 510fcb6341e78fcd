"""The registers behind the AXI4-Lite slave, from their SystemRDL description."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from ..errors import PezoError
from ..registers import compile_description
from ..tools.completeness import complete_xml
from ..tools.folders import temporary_folder
from .interfaces import MEMORY_MAP_BYTES
from .spirit import element, spirit, text

_BLOCK = "registers"


def memory_map(name: str, constants: Mapping[str, int]) -> ElementTree.Element:
    """The IP-XACT memory map of that name, with every register and field.

    Its address block spans what a block design gives the slave, not only what has registers.
    ``constants`` are values of fields, ``REGISTER.field``, which the description leaves to each
    configuration; they become reset values.
    """
    from peakrdl_ipxact import IPXACTExporter, Standard

    exporter = IPXACTExporter(standard=Standard.IEEE_1685_2009)
    with temporary_folder() as folder:
        path = folder / "registers.xml"
        exporter.export(compile_description(), str(path))
        found = _found(complete_xml(path, "PeakRDL"), f".//{spirit('memoryMap')}")
    _set(found, "name", name)
    block = _found(found, spirit("addressBlock"))
    _set(block, "name", _BLOCK)
    _set(block, "range", str(MEMORY_MAP_BYTES))
    usage = element("usage")
    usage.text = "register"
    width = next(block.iter(spirit("width")))
    block.insert(list(block).index(width) + 1, usage)
    for register in block.iter(spirit("register")):
        _reset(register, constants)
    for described in found.iter(spirit("description")):
        described.text = " ".join((described.text or "").split())
    return found


def _reset(register: ElementTree.Element, constants: Mapping[str, int]) -> None:
    """Puts the constants of a register's fields into its reset value."""
    owner, value, mask = _text(register, "name"), 0, 0
    for field in register.iter(spirit("field")):
        key = f"{owner}.{_text(field, 'name')}"
        low, width = int(_text(field, "bitOffset")), int(_text(field, "bitWidth"))
        if key in constants:
            # The mask says which bits have a reset value at all; the others are left alone.
            mask |= (1 << width) - 1 << low
            value |= (constants[key] & (1 << width) - 1) << low
    if not mask:
        return
    reset = register.find(spirit("reset"))
    if reset is None:
        reset = element("reset")
        text(reset, "value", "0")
        text(reset, "mask", "0")
        # The schema wants it before the fields.
        first = next(register.iter(spirit("field")))
        register.insert(list(register).index(first), reset)
    _set(reset, "value", f"0x{int(_text(reset, 'value'), 0) & ~mask | value:x}")
    _set(reset, "mask", f"0x{int(_text(reset, 'mask'), 0) | mask:x}")


def _text(parent: ElementTree.Element, name: str) -> str:
    return _found(parent, spirit(name)).text or ""


def _set(parent: ElementTree.Element, name: str, value: str) -> None:
    _found(parent, spirit(name)).text = value


def _found(parent: ElementTree.Element, path: str) -> ElementTree.Element:
    found = parent.find(path)
    if found is None:
        raise PezoError(f"the registers' IP-XACT has no {path}; reinstall peakrdl-ipxact")
    return found
