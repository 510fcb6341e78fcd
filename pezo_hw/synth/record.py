"""What cores took, kept beside what decided it, so that only what has changed is mapped anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from inspect import getsource
from pathlib import Path
from typing import Any, TypeVar

from ..emit import EmittedCore
from ..errors import PezoError
from ..systems.registry import CORE
from ..tools.files import read_json
from . import cells, levels, netlist, resources, sites
from .cache import key_of
from .levels import LongestPath
from .measurement import core_key
from .resources import Resources

# What counts the cells of a netlist: another way of counting may give other figures.
_COUNTING = (cells, levels, netlist, resources, sites)
_KEY = "key"
_LARGEST_FILE = 1 << 24
_NUMBERS = ("lut", "lut_sites", "ff", "bram", "carry", "dsp")
_Made = TypeVar("_Made")


def resources_key(core: EmittedCore, target: str, *, system: str = CORE) -> str:
    """A key from all that decides what a core takes: its netlist's key and the way of counting.

    ``system`` is what the core was emitted in.
    """
    netlists = core_key(core, target, system=system)
    return key_of("resources", netlists, *map(getsource, _COUNTING))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A core's resources and the key of what they were counted of."""

    key: str
    resources: Resources


@dataclass(frozen=True, kw_only=True)
class Record:
    """The resources of many cores.

    Attributes
    ----------
    entries : mapping of (str, str) to Entry
        By target and name.
    """

    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, Resources]:
        """The resources by their keys."""
        return {entry.key: entry.resources for entry in self.entries.values()}

    def changed(self, now: Record) -> list[str]:
        """What is counted of something else now, or was never recorded, as ``target name``."""
        return [
            " ".join(place)
            for place, entry in now.entries.items()
            if place not in self.entries or self.entries[place].key != entry.key
        ]

    def text(self) -> str:
        """As a file holds it."""
        content: dict[str, dict[str, Any]] = {}
        for (target, name), entry in self.entries.items():
            plain = {_KEY: entry.key, **asdict(entry.resources)}
            content.setdefault(target, {})[name] = plain
        return json.dumps(content, indent=1) + "\n"


def read_record(file: Path) -> Record:
    """The record that a file holds.

    Raises
    ------
    PezoError
        Where it cannot be read, or holds none.
    """
    return read_figures(file, _record, "allowed: a file that --record wrote")


def read_figures(file: Path, make: Callable[[Any], _Made], allowed: str) -> _Made:
    """What is made of the plain data of a file of figures.

    Parameters
    ----------
    file : Path
        JSON.
    make : callable
        Makes it, or raises one of the errors of data of another form.
    allowed : str
        What a file should be, for the error's line.

    Raises
    ------
    PezoError
        Where the file cannot be read, or nothing can be made of it.
    """
    try:
        content = read_json(file, _LARGEST_FILE)
    except OSError as error:
        raise PezoError(f"{file}: {error.strerror}; {allowed}") from None
    try:
        return make(content)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise PezoError(f"{file}: no figures; {allowed}") from None


def _record(content: Any) -> Record:
    entries = {
        (target, name): _entry(plain)
        for target, names in content.items()
        for name, plain in names.items()
    }
    return Record(entries=entries)


def _entry(plain: Mapping[str, Any]) -> Entry:
    """An entry from its plain data; TypeError, AttributeError or KeyError where it is none."""
    rest = {name: number for name, number in plain.items() if name != _KEY}
    path = rest["path"]
    rest["path"] = LongestPath(**path | {"cells": tuple(path["cells"])})
    found = Entry(key=plain[_KEY], resources=Resources(**rest))
    numbers = [getattr(found.resources, name) for name in _NUMBERS]
    if not all(isinstance(n, (int, float)) for n in [*numbers, found.resources.path.levels]):
        raise TypeError("a figure is no number")
    if not isinstance(found.key, str):
        raise TypeError("a key is no text")
    return found
