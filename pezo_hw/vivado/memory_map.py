"""The registers behind the AXI4-Lite slave, from their SystemRDL description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from ..errors import PezoError
from ..registers import compile_description
from ..tools.completeness import complete_xml
from ..tools.folders import temporary_folder
from .design import Design
from .interfaces import MEMORY_MAP_BYTES, BusInterface
from .spirit import child, element, spirit, text

_BLOCK = "registers"
# What names the ends of the block in a board support package, xparameters.h for one.
OFFSET_PARAMETERS = {
    "OFFSET_BASE_PARAM": "C_S_AXI_BASEADDR",
    "OFFSET_HIGH_PARAM": "C_S_AXI_HIGHADDR",
}


def memory_maps(
    design: Design, interfaces: Sequence[BusInterface]
) -> Iterator[tuple[str, ElementTree.Element]]:
    """The name and the map behind each slave that has one, with the design's constants."""
    for interface in interfaces:
        if interface.memory_map:
            name, constants = interface.memory_map, design.manifest["registers"]["constants"]
            yield name, memory_map(name, constants)


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
    at = list(block).index(width) + 1
    block[at:at] = [usage, _offset_parameters(name)]
    for register in block.iter(spirit("register")):
        _reset(register, constants)
        _describe(register)
    for described in found.iter(spirit("description")):
        described.text = " ".join((described.text or "").split())
    return found


def _offset_parameters(name: str) -> ElementTree.Element:
    parameters = element("parameters")
    for parameter, value in OFFSET_PARAMETERS.items():
        added = child(parameters, "parameter")
        text(added, "name", parameter)
        path = f"ADDRBLOCKPARAM_VALUE.{name.upper()}.{_BLOCK.upper()}.{parameter}"
        text(added, "value", value, id=path)
    return parameters


def _describe(register: ElementTree.Element) -> None:
    """Says of a register itself what PYNQ asks for: what it is, and who may do what with it."""
    allowed = {access.text for access in register.iter(spirit("access"))}
    whole = element("access")
    whole.text = allowed.pop() if len(allowed) == 1 else "read-write"
    size = _found(register, spirit("size"))
    register.insert(list(register).index(size) + 1, whole)
    title = _found(register, spirit("displayName"))
    if register.find(spirit("description")) is None:
        description = element("description")
        description.text = title.text
        register.insert(list(register).index(title) + 1, description)


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
