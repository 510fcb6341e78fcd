"""The IP-XACT description of a design: component.xml.

IEEE Std 1685-2009, the edition that Vivado reads and writes in an IP repository, with the few
extensions of its own that name families and a place in the catalogue. Vivado's checksums are left
out: they are of its own making, and it does without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from ..tools.files import fill_template
from .design import Design, Port
from .interfaces import BusInterface
from .memory_map import memory_maps
from .packaging import (
    FAMILIES,
    IPI_CHECKS,
    LIBRARY,
    LIFE_CYCLE,
    TAXONOMY,
    VENDOR,
    ip_version,
    title,
)
from .spirit import XILINX, child, element, text

# Name and environment of each view, as Vivado writes them.
_VIEWS = {
    "xilinx_anylanguagesynthesis": ":vivado.xilinx.com:synthesis",
    "xilinx_anylanguagebehavioralsimulation": ":vivado.xilinx.com:simulation",
}
_XGUI = "xilinx_xpgui"
_MODES = {"input": "in", "output": "out"}


def component_text(design: Design, interfaces: Sequence[BusInterface]) -> str:
    """The XML, with every bus interface, register, pin and file."""
    component = element("component")
    text(component, "vendor", VENDOR)
    text(component, "library", LIBRARY)
    text(component, "name", design.top)
    text(component, "version", ip_version(design))
    buses = child(component, "busInterfaces")
    for interface in interfaces:
        _add_interface(buses, interface)
    maps = [found for _, found in memory_maps(design, interfaces)]
    if maps:
        child(component, "memoryMaps").extend(maps)
    _add_model(component, design)
    _add_files(component, design)
    text(component, "description", title(design))
    _add_parameters(component, design)
    _add_extensions(component, design)
    ElementTree.indent(component)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return declaration + ElementTree.tostring(component, encoding="unicode") + "\n"


def _add_interface(buses: ElementTree.Element, interface: BusInterface) -> None:
    bus = child(buses, "busInterface")
    text(bus, "name", interface.name)
    _reference(bus, "busType", interface.bus)
    _reference(bus, "abstractionType", interface.abstraction)
    mode = child(bus, interface.mode)
    if interface.memory_map:
        child(mode, "memoryMapRef", memoryMapRef=interface.memory_map)
    maps = child(bus, "portMaps")
    for logical, physical in interface.port_maps.items():
        port_map = child(maps, "portMap")
        text(child(port_map, "logicalPort"), "name", logical)
        text(child(port_map, "physicalPort"), "name", physical)
    if interface.parameters:
        parameters = child(bus, "parameters")
        for name, value in interface.parameters.items():
            _add_bus_parameter(parameters, interface.name, name, value)


def _add_bus_parameter(
    parameters: ElementTree.Element, interface: str, name: str, value: str
) -> None:
    parameter = child(parameters, "parameter")
    text(parameter, "name", name)
    text(parameter, "value", value, id=f"BUSIFPARAM_VALUE.{interface.upper()}.{name}")


def _reference(parent: ElementTree.Element, name: str, vlnv: str) -> None:
    vendor, library, kind, version = vlnv.split(":")
    child(parent, name, vendor=vendor, library=library, name=kind, version=version)


def _add_model(component: ElementTree.Element, design: Design) -> None:
    model = child(component, "model")
    views = child(model, "views")
    for name, environment in _VIEWS.items():
        view = child(views, "view")
        text(view, "name", name)
        text(view, "envIdentifier", environment)
        text(view, "language", "verilog")
        text(view, "modelName", design.top)
        text(child(view, "fileSetRef"), "localName", _file_set(name))
    view = child(views, "view")
    text(view, "name", _XGUI)
    text(view, "envIdentifier", ":vivado.xilinx.com:xgui.ui")
    text(child(view, "fileSetRef"), "localName", _file_set(_XGUI))
    ports = child(model, "ports")
    for port in design.ports:
        _add_port(ports, port, design.default(port))


def _add_port(ports: ElementTree.Element, port: Port, default: int | None) -> None:
    added = child(ports, "port")
    text(added, "name", port.name)
    wire = child(added, "wire")
    text(wire, "direction", _MODES[port.direction])
    if port.is_bus:
        vector = child(wire, "vector")
        text(vector, "left", str(port.width - 1), format="long")
        text(vector, "right", "0", format="long")
    definition = child(child(wire, "wireTypeDefs"), "wireTypeDef")
    text(definition, "typeName", "wire")
    for view in _VIEWS:
        text(definition, "viewNameRef", view)
    if default is not None:
        text(child(wire, "driver"), "defaultValue", str(default), format="long")


def _add_files(component: ElementTree.Element, design: Design) -> None:
    sets = child(component, "fileSets")
    for view in _VIEWS:
        files = child(sets, "fileSet")
        text(files, "name", _file_set(view))
        # The tables come first: they must be known when the Verilog that names them is read.
        for memory in design.memories:
            file = child(files, "file")
            text(file, "name", memory)
            text(file, "userFileType", "mem")
        file = child(files, "file")
        text(file, "name", design.verilog)
        text(file, "fileType", "verilogSource")
    page = child(sets, "fileSet")
    text(page, "name", _file_set(_XGUI))
    file = child(page, "file")
    text(file, "name", f"{design.top}_xgui.tcl")
    text(file, "fileType", "tclSource")
    text(file, "userFileType", "XGUI_VERSION_2")


def xgui_text(design: Design) -> str:
    """The page of settings that a block design shows."""
    return fill_template(Path(__file__).parent / "templates" / "xgui.tcl", top=design.top)


def _file_set(view: str) -> str:
    return f"{view}_view_fileset"


def _add_parameters(component: ElementTree.Element, design: Design) -> None:
    parameter = child(child(component, "parameters"), "parameter")
    text(parameter, "name", "Component_Name")
    value = f"{design.top}_v{re.sub(r'[^0-9]', '_', ip_version(design))}"
    attributes = {"resolve": "user", "id": "PARAM_VALUE.Component_Name", "order": "1"}
    text(parameter, "value", value, **attributes)


def _add_extensions(component: ElementTree.Element, design: Design) -> None:
    extensions = ElementTree.SubElement(
        child(component, "vendorExtensions"), f"{{{XILINX}}}coreExtensions"
    )

    def add(parent: ElementTree.Element, name: str, value: str = "") -> ElementTree.Element:
        added = ElementTree.SubElement(parent, f"{{{XILINX}}}{name}")
        added.text = value or None
        return added

    families = add(extensions, "supportedFamilies")
    for family in FAMILIES:
        add(families, "family", family).set(f"{{{XILINX}}}lifeCycle", LIFE_CYCLE)
    add(add(extensions, "taxonomies"), "taxonomy", TAXONOMY)
    add(extensions, "displayName", title(design))
    add(extensions, "vendorDisplayName", VENDOR)
    # Any clock is right.
    check = add(add(extensions, "targetDRCs"), "targetDRC")
    check.set(f"{{{XILINX}}}tool", "ipi")
    option = add(check, "targetDRCOption")
    for name, value in IPI_CHECKS.items():
        option.set(f"{{{XILINX}}}name", name)
        option.set(f"{{{XILINX}}}value", value)
    add(extensions, "coreRevision", str(design.revision))
