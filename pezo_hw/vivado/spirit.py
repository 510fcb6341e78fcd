"""Elements of IP-XACT 1685-2009, whose names and attributes are all of one namespace."""

from __future__ import annotations

from xml.etree import ElementTree

NAMESPACE = "http://www.spiritconsortium.org/XMLSchema/SPIRIT/1685-2009"
XILINX = "http://www.xilinx.com"

ElementTree.register_namespace("spirit", NAMESPACE)
ElementTree.register_namespace("xilinx", XILINX)


def spirit(name: str) -> str:
    """The qualified name."""
    return f"{{{NAMESPACE}}}{name}"


def element(name: str, /, **attributes: str) -> ElementTree.Element:
    """An element with attributes."""
    return ElementTree.Element(spirit(name), _qualified(attributes))


def child(parent: ElementTree.Element, name: str, /, **attributes: str) -> ElementTree.Element:
    """An element with attributes, added to its parent."""
    return ElementTree.SubElement(parent, spirit(name), _qualified(attributes))


def text(parent: ElementTree.Element, name: str, value: str, /, **attributes: str) -> None:
    """Adds an element that holds only text to its parent."""
    child(parent, name, **attributes).text = value


def _qualified(attributes: dict[str, str]) -> dict[str, str]:
    return {spirit(name): value for name, value in attributes.items()}
