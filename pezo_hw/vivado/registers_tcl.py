"""The registers of a memory map as Vivado's packager is told of them, a list in Tcl.

It is made of the very map that ``component.xml`` has, so that both ways to the IP show the same
registers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from .spirit import spirit

# What would be substituted, or end the word or the list that it stands in.
_SPECIAL = re.compile(r'[\\{}\[\]$"]')
_PLAIN = re.compile(r"[A-Za-z0-9_.:+-]+", re.ASCII)


def registers_list(memory_map: ElementTree.Element) -> str:
    """Name, offset, access, reset value, title, description and fields of each register.

    A field is its name, lowest bit, width, access, what a write does if not to store the word, and
    its description. What there is none of is an empty word.
    """
    lines = []
    for register in memory_map.iter(spirit("register")):
        head = ("name", "addressOffset", "access", "reset/value", "displayName", "description")
        lines.append(f"        {_words(register, head)} {{\n")
        for field in register.iter(spirit("field")):
            kept = ("name", "bitOffset", "bitWidth", "access", "modifiedWriteValue", "description")
            lines.append(f"            {_words(field, kept)}\n")
        lines.append("        }\n")
    return "{\n" + "".join(lines) + "    }"


def _words(described: ElementTree.Element, names: tuple[str, ...]) -> str:
    paths = ("/".join(spirit(part) for part in name.split("/")) for name in names)
    return " ".join(tcl_word(described.findtext(path) or "") for path in paths)


def tcl_word(text: str) -> str:
    """A text as one word of a Tcl list, or of a command."""
    if _PLAIN.fullmatch(text):
        return text
    if not text:
        return "{}"
    return '"' + _SPECIAL.sub(lambda found: f"\\{found[0]}", text) + '"'


def tcl_list(pairs: Mapping[str, str]) -> str:
    """Names and values of plain characters, a pair a line."""
    lines = [f"        {key} {value}\n" for key, value in pairs.items()]
    return "{\n" + "".join(lines) + "    }"
