"""The bus interfaces that a run of the packager's script, or an XML file, declares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.vivado.tcl import Run

SPIRIT = "{http://www.spiritconsortium.org/XMLSchema/SPIRIT/1685-2009}"


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
