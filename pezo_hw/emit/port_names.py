"""Names for the ports that Amaranth leaves without one.

What crosses the bound of a module and is not one whole signal on its way, but part of one or parts
of several, gets a port with a number for a name, ``port$650$0``. In the module it is a part of
something that has a name, and so it is called after that: ``perturbations_12_2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MODULE = re.compile(r"^module \\(?P<name>\S+)\n(?P<body>.*?)^end$", re.MULTILINE | re.DOTALL)
_PORT = re.compile(r"^  wire (?:width (\d+) )?(?:input|output) \d+ +\\(port\$\S+)$", re.MULTILINE)
_WIRE = re.compile(r"^  wire .*\\(\S+)$", re.MULTILINE)
_CONNECT = re.compile(r"^connect \\(?P<name>\S+) (?P<value>.*)$", re.MULTILINE)
_CHUNK = re.compile(r"(?P<wire>[\\$]\S+) \[(?P<high>\d+)(?::(?P<low>\d+))?\]|(?P<bits>\d+)'\S+")
_CELL = re.compile(r"^  cell \\(?P<type>\S+) \S+\n(?P<body>.*?)^  end$", re.MULTILINE | re.DOTALL)
_PIN = re.compile(
    r"^    connect \\(?P<port>port\$\S+) \\(?P<wire>[^\s$]+) \[\d+(?::0)?\]$", re.MULTILINE
)
_NUMBERED = re.compile(r"\\(port\$\S+)")


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Some bits of a wire."""

    wire: str
    high: int
    low: int

    @property
    def name(self) -> str:
        """What a port of these bits is called."""
        bits = dict.fromkeys((f"{self.high}", f"{self.low}"))
        return "_".join([self.wire.replace(".", "__"), *bits])


def with_named_ports(text: str) -> str:
    """RTLIL text with a name for each port, of the module in which it is one.

    Parameters
    ----------
    text : str
        As Amaranth writes it, without attributes of the source.
    """
    modules = {m["name"]: _Module(body=m["body"]) for m in _MODULE.finditer(text)}
    outside = _named_outside(modules)
    names = {name: module.port_names(outside[name]) for name, module in modules.items()}

    def renamed(match: re.Match[str]) -> str:
        own = names[match["name"]]
        body = _CELL.sub(lambda cell: _with_ports(cell, names), match["body"])
        body = _NUMBERED.sub(lambda port: f"\\{own.get(port[1], port[1])}", body)
        return f"module \\{match['name']}\n{body}end"

    return _MODULE.sub(renamed, text)


def _named_outside(modules: dict[str, _Module]) -> dict[str, dict[str, str]]:
    """Of each module, what its ports are connected to where it is used, if that has a name."""
    outside: dict[str, dict[str, str]] = {name: {} for name in modules}
    for module in modules.values():
        for cell in _CELL.finditer(module.body):
            for line in _PIN.finditer(cell["body"]):
                if cell["type"] in outside:
                    outside[cell["type"]][line["port"]] = line["wire"]
    return outside


def _with_ports(cell: re.Match[str], names: dict[str, dict[str, str]]) -> str:
    """A cell whose ports are called as in its module; what they are connected to is not changed."""
    ports = names.get(cell["type"], {})
    return re.sub(
        r"(?m)^    connect \\(port\$\S+)",
        lambda line: f"    connect \\{ports.get(line[1], line[1])}",
        cell[0],
    )


@dataclass(frozen=True, kw_only=True)
class _Module:
    """The text of a module."""

    body: str
    parts: dict[str, list[_Part]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for connection in _CONNECT.finditer(self.body):
            if "$" not in connection["name"]:
                for chunk, part in _parts(connection["name"], connection["value"]):
                    self.parts.setdefault(chunk, []).append(part)

    def port_names(self, outside: dict[str, str]) -> dict[str, str]:
        """A name for each numbered port, that no other wire of the module has.

        The longest of those inside is the most telling one. Where there is none it is the one
        outside, and else the port's number.
        """
        taken = set(_WIRE.findall(self.body))
        driven = {c["name"]: c["value"] for c in _CONNECT.finditer(self.body)}
        found: dict[str, str] = {}
        for index, (width, port) in enumerate(_PORT.findall(self.body)):
            last = int(width or 1) - 1
            chunk = driven.get(port, f"\\{port} [{f'{last}:' if last else ''}0]")
            inside = [part.name for part in self.parts.get(chunk, ())]
            unnamed = outside.get(port, f"port_{index}")
            name = max(inside, key=lambda name: (len(name), name), default=unnamed)
            while name in taken:
                name += "_"
            taken.add(name)
            found[port] = name
        return found


def _parts(wire: str, value: str) -> Iterator[tuple[str, _Part]]:
    """Each chunk that a wire is connected to, with the bits of the wire that it is."""
    low = 0
    for chunk in reversed(list(_CHUNK.finditer(value))):
        if chunk["bits"]:
            low += int(chunk["bits"])
            continue
        size = int(chunk["high"]) - int(chunk["low"] or chunk["high"]) + 1
        yield chunk[0], _Part(wire=wire, high=low + size - 1, low=low)
        low += size
