"""Hardware that a design has many times, as one module."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from amaranth.back import rtlil
from amaranth.hdl import ClockSignal, Instance, Module, ResetSignal, Signal, Value
from amaranth.lib.wiring import Component, Flow

_INPUT = re.compile(r"^ *wire .*\binput +\d+ +\\(clk|rst)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class _SharedModule:
    """A module that has been written.

    Attributes
    ----------
    name : str
        Its name in RTLIL.
    members : mapping of str to Member
        Its pins.
    implicit : frozenset of str
        Which of ``clk`` and ``rst`` it has beside them.
    """

    name: str
    members: Mapping[str, Any]
    implicit: frozenset[str]


class SharedModules:
    """A platform under which a part that is used a thousand times is written once.

    Amaranth elaborates every submodule anew and writes a module for each: a thousand lanes would be
    a thousand modules of one text. Under this platform `add_copies` makes instances of a single
    one. Amaranth's simulator has no such platform, and is given a submodule for each copy.

    Parameters
    ----------
    top : str
        The design's top module; the shared ones are named after it.

    Attributes
    ----------
    text : str
        The RTLIL of all modules that have been shared so far.
    """

    def __init__(self, top: str) -> None:
        self.text = ""
        self._top = top
        self._modules: dict[str, _SharedModule] = {}

    def module(self, name: str, create: Callable[[], Component]) -> _SharedModule:
        """The one module of that name, written when it is first asked for."""
        if name not in self._modules:
            full, part = f"{self._top}.{name}", create()
            text = rtlil.convert(part, name=full, platform=self, emit_src=False)
            # The part's own module comes first; what lies in it has a clock of its own.
            implicit = frozenset(_INPUT.findall(text.partition("\nend\n")[0]))
            members = part.signature.members
            self._modules[name] = _SharedModule(name=full, members=members, implicit=implicit)
            self.text += text
        return self._modules[name]


def add_copies(
    m: Module, platform: object, name: str, create: Callable[[], Component], count: int
) -> list[Mapping[str, Value]]:
    """So many copies of a part that are all the same, with the pins of each by their names.

    Parameters
    ----------
    m : Module
        Where they become submodules.
    platform : object
        What the module is elaborated for: `SharedModules` or anything else.
    name : str
        Of the part; a number follows for each copy. No other part of the design has it.
    create : callable
        Makes the part, all of whose pins are plain signals.
    count : int
        How many.
    """
    if isinstance(platform, SharedModules):
        shared = platform.module(name, create)
        return [_instance(m, shared, f"{name}_{i}") for i in range(count)]
    pins: list[Mapping[str, Value]] = []
    for index in range(count):
        part = create()
        m.submodules[f"{name}_{index}"] = part
        pins.append({pin: getattr(part, pin) for pin in part.signature.members})
    return pins


def _instance(m: Module, shared: _SharedModule, name: str) -> Mapping[str, Value]:
    """An instance of a shared module in the clock domain of the one it lies in; its pins."""
    pins: dict[str, Value] = {}
    connections: dict[str, Value] = {}
    for pin, member in shared.members.items():
        pins[pin] = Signal(member.shape, name=f"{name}_{pin}")
        direction = "i" if member.flow == Flow.In else "o"
        connections[f"{direction}_{pin}"] = pins[pin]
    implicit = {"clk": ClockSignal(), "rst": ResetSignal()}
    connections |= {f"i_{pin}": implicit[pin] for pin in sorted(shared.implicit)}
    m.submodules[name] = Instance(shared.name, **connections)
    return pins
