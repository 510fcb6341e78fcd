"""Emitted cores that several tests look at, each emitted once a process."""

from __future__ import annotations

from functools import cache

from pezo_hw.config import parse
from pezo_hw.emit import EmittedCore, emit_core


def emitted(text: str, *, name: str = "case", system: str = "core") -> EmittedCore:
    """The core of a configuration; its files are for reading, every test gets the same ones.

    A test of the emission itself, of its bytes from run to run, calls `emit_core`.
    """
    return _emitted(text, name, system)


@cache
def _emitted(text: str, name: str, system: str) -> EmittedCore:
    return emit_core(parse(text, name=name), system=system)
