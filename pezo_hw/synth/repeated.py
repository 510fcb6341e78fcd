"""Modules that a design has so often that they are mapped once."""

from __future__ import annotations

import re
from collections import Counter

# From so many copies on a module is worth being kept apart: flat, Yosys takes as many times longer.
FEWEST = 8
_MODULE = re.compile(r"^module (\w+)", re.MULTILINE)
_INSTANCE = re.compile(r"^ +(\w+) \w+ \($", re.MULTILINE)


def repeated_modules(verilog: str) -> dict[str, int]:
    """The modules of which a source has at least `FEWEST` copies, with their number.

    Their copies are mapped as one and put into their places afterwards: what all of them take is
    that many times what one takes, and nothing is shared between a copy and its surroundings.
    """
    known = set(_MODULE.findall(verilog))
    copies = Counter(name for name in _INSTANCE.findall(verilog) if name in known)
    return {name: copies[name] for name in sorted(copies) if copies[name] >= FEWEST}


def commands_around(synthesis: str, verilog: str) -> list[str]:
    """A command that maps and flattens a design, with repeated modules kept until it is done."""
    modules = list(repeated_modules(verilog))
    kept = [f"setattr -mod -set keep_hierarchy 1 {module}" for module in modules]
    free = [f"setattr -mod -unset keep_hierarchy {module}" for module in modules]
    return [*kept, synthesis, *free, *(["flatten"] if modules else [])]
