"""A reading of SAIF files, from the grammar of IEEE Std 1801 (annex I) alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"[^"]*"|[()]|[^\s()]+')


@dataclass
class Instance:
    """Nets and what they did, and the instances within."""

    nets: dict[str, dict[str, int]] = field(default_factory=dict)
    instances: dict[str, Instance] = field(default_factory=dict)

    def word(self, name: str, key: str) -> list[int]:
        """A number of each bit of a bus (or of a single net), the lowest first."""
        if name in self.nets:
            return [self.nets[name][key]]
        bits = [net for net in self.nets if net.startswith(f"{name}[")]
        return [self.nets[f"{name}[{bit}]"][key] for bit in range(len(bits))]


@dataclass
class Saif:
    """A file: its header's entries by name, and its outermost instances."""

    header: dict[str, list[str]]
    root: Instance


def read_saif(text: str) -> Saif:
    """Raises AssertionError where the text is no SAIF file."""
    tokens = iter(_TOKEN.findall(text))
    assert next(tokens) == "("
    file = _list(tokens)
    assert next(tokens, None) is None
    assert file[0] == "SAIFILE"
    header = {entry[0]: entry[1:] for entry in file[1:] if entry[0] != "INSTANCE"}
    return Saif(header, _instance([entry for entry in file[1:] if entry[0] == "INSTANCE"]))


def _list(tokens: Iterator[str]) -> list:
    """The rest of a list that has been opened, up to where it is closed."""
    found: list = []
    for token in tokens:
        if token == ")":
            return found
        found.append(_list(tokens) if token == "(" else token)
    raise AssertionError("a list is not closed")


def _instance(entries: list) -> Instance:
    found = Instance()
    for _, name, *within in entries:
        nets = [net for entry in within if entry[0] == "NET" for net in entry[1:]]
        inner = _instance([entry for entry in within if entry[0] == "INSTANCE"])
        inner.nets = {
            net[0].replace("\\", ""): {key: int(count) for key, count in net[1:]} for net in nets
        }
        assert name not in found.instances
        found.instances[name] = inner
    return found
