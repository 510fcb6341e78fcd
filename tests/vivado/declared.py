"""The bus interfaces that a run of the packager's script, or an XML file, declares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.vivado.tcl import Run

SPIRIT = "{http://www.spiritconsortium.org/XMLSchema/SPIRIT/1685-2009}"
XILINX = "{http://www.xilinx.com}"
Registers = dict[str, dict[str, object]]


@dataclass
class Interface:
    """A bus interface as either of them declares it."""

    bus: str = ""
    abstraction: str = ""
    mode: str = ""
    ports: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    memory_map: str = ""


_OF_BUS = {
    "bus_type_vlnv": "bus",
    "abstraction_type_vlnv": "abstraction",
    "interface_mode": "mode",
    "slave_memory_map_ref": "memory_map",
}


def from_script(run: Run) -> dict[str, Interface]:
    """From the properties that the script has set."""
    found: dict[str, Interface] = {}
    for call in run.all("set_property"):
        name, value, target = call.words
        words = target.replace("{", " ").split()
        if words[0] == "bus":
            setattr(found.setdefault(words[1], Interface()), _OF_BUS[name], value)
        elif words[0] == "map":
            found[words[3]].ports[words[1]] = value
        elif words[0] == "parameter" and name == "value":
            found[words[3]].parameters[words[1]] = value
    return found


def from_component(component: Any) -> dict[str, Interface]:
    """From the elements of component.xml."""
    return {
        bus.findtext(f"{SPIRIT}name"): Interface(
            bus=_vlnv(bus.find(f"{SPIRIT}busType")),
            abstraction=_vlnv(bus.find(f"{SPIRIT}abstractionType")),
            mode="slave" if bus.find(f"{SPIRIT}slave") is not None else "master",
            ports={
                pair.findtext(f"{SPIRIT}logicalPort/{SPIRIT}name"): pair.findtext(
                    f"{SPIRIT}physicalPort/{SPIRIT}name"
                )
                for pair in bus.iter(f"{SPIRIT}portMap")
            },
            parameters={
                each.findtext(f"{SPIRIT}name"): each.findtext(f"{SPIRIT}value")
                for each in bus.iter(f"{SPIRIT}parameter")
            },
            memory_map=next(
                (each.get(f"{SPIRIT}memoryMapRef") for each in bus.iter(f"{SPIRIT}memoryMapRef")),
                "",
            ),
        )
        for bus in component.iter(f"{SPIRIT}busInterface")
    }


def _vlnv(element: Any) -> str:
    names = ("vendor", "library", "name", "version")
    return ":".join(element.get(f"{SPIRIT}{name}") for name in names)


def driven_from_script(run: Run) -> dict[str, str]:
    """What each pin is that nobody connects."""
    calls = (call.words for call in run.all("set_property"))
    return {target.split()[-1]: value for name, value, target in calls if name == "driver_value"}


def registers_from_script(run: Run) -> Registers:
    """Every property of every register, and of each of its fields, as the script has set them."""
    found: Registers = {}
    for call in run.all("set_property"):
        name, value, target = call.words
        words = target.replace("{", " ").split()
        if words[0] == "register":
            found.setdefault(words[1], {})[name] = value
        elif words[0] == "field":
            fields: Any = found[words[3]].setdefault("fields", {})
            fields.setdefault(words[1], {})[name] = value
    return found


_OF_REGISTER = {"addressOffset": "address_offset", "size": "size", "access": "access"}
_OF_REGISTER |= {"displayName": "display_name", "description": "description"}
_OF_REGISTER |= {"reset/value": "reset_value"}
_OF_FIELD = {"bitOffset": "bit_offset", "bitWidth": "bit_width", "access": "access"}
_OF_FIELD |= {"description": "description", "modifiedWriteValue": "modified_write_value"}


def registers_from_component(component: Any) -> Registers:
    """The same of component.xml, by the names that the packager has for it."""
    return {
        register.findtext(f"{SPIRIT}name"): {
            **_properties(register, _OF_REGISTER),
            "fields": {
                field.findtext(f"{SPIRIT}name"): _properties(field, _OF_FIELD)
                for field in register.iter(f"{SPIRIT}field")
            },
        }
        for register in component.iter(f"{SPIRIT}register")
    }


def _properties(element: Any, names: dict[str, str]) -> dict[str, str]:
    paths = {path: "/".join(f"{SPIRIT}{part}" for part in path.split("/")) for path in names}
    found = {name: element.findtext(paths[path]) for path, name in names.items()}
    return {name: value for name, value in found.items() if value is not None}
