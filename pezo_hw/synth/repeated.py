"""Modules that a design has so often that they are mapped once."""

from __future__ import annotations

import re
from collections import Counter

# Lines of Verilog in all copies together, from where on a flat design takes Yosys longer than
# anybody waits: it takes minutes for as many.
MOST_FLAT = 1 << 15
_MODULE = re.compile(r"^module (\w+).*?^endmodule$", re.MULTILINE | re.DOTALL)
_INSTANCE = re.compile(r"^ +(\w+) \w+ \($", re.MULTILINE)


def repeated_modules(verilog: str) -> dict[str, int]:
    """The modules that a source has so many copies of, with their number.

    Those that would be more than `MOST_FLAT` lines, were they written out. Their copies are mapped
    as one and put into their places afterwards: what all of them take is that many times what one
    takes, and nothing is shared between a copy and its surroundings.
    """
    lines = {found[1]: found[0].count("\n") for found in _MODULE.finditer(verilog)}
    copies = Counter(name for name in _INSTANCE.findall(verilog) if name in lines)
    return {name: copies[name] for name in sorted(copies) if copies[name] * lines[name] > MOST_FLAT}


def commands_around(synthesis: str, verilog: str) -> list[str]:
    """A command that maps and flattens a design, with repeated modules kept until it is done."""
    modules = list(repeated_modules(verilog))
    kept = [f"setattr -mod -set keep_hierarchy 1 {module}" for module in modules]
    free = [f"setattr -mod -unset keep_hierarchy {module}" for module in modules]
    return [*kept, synthesis, *free, *(["flatten"] if modules else [])]
