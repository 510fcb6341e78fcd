"""A few of the copies that a design has a thousand of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..synth.cache import NO_CACHE, Cache, key_of
from ..synth.mapping import repeated_modules
from ..tools.completeness import complete_verilog
from ..tools.folders import temporary_folder
from ..tools.yosys import find_yosys

_OUTPUT = re.compile(r"^  output (?:\[\d+:\d+\] )?(\S+);$", re.MULTILINE)
# A design is its common part and so much for each copy; two sizes tell one from the other.
SIZES = (1, 2)
# Registers of all copies are words of thousands of bits, of which a few are still read: the others
# go before the design is mapped, which would take minutes with them.
_PRUNE = ("proc", "flatten", "opt_clean", "splitcells", "opt_clean -purge")


def number_of_copies(verilog: str) -> int:
    """How many copies there are of what a design has too often to be simulated whole.

    1 where it is not so, or where several modules are repeated unequally often.
    """
    copies = set(repeated_modules(verilog).values())
    return copies.pop() if len(copies) == 1 else 1


def with_copies(
    verilog: str, memories: Mapping[str, str], top: str, number: int, *, cache: Cache = NO_CACHE
) -> str:
    """The design with the first so many copies of its repeated modules, and what they need.

    Parameters
    ----------
    verilog : str
        As `pezo_hw.emit` writes it.
    memories : mapping of str to str
        The files that it reads; their contents are in what is returned.
    top : str
        Its top module; what the other copies would give it is low. Of the other modules the
        repeated ones alone are left, to be mapped once as in the whole.
    number : int
        How many are kept.
    cache : Cache
        Where to look first, and to keep the result.

    Raises
    ------
    PezoError
        In the words of Yosys, where it fails.
    """
    modules = list(repeated_modules(verilog))
    for module in modules:
        verilog = _cut(verilog, module, number)
    yosys = find_yosys()
    key = key_of("copies", yosys.name, _PRUNE, modules, verilog, dict(memories), top)
    found = cache.get(key)
    if not isinstance(found, str):
        with temporary_folder("pezo-copies-") as folder:
            for file, text in {"source.v": verilog, **memories}.items():
                (folder / file).write_text(text, encoding="utf-8")
            read = ("read_verilog source.v", f"hierarchy -top {top}")
            kept = [f"setattr -mod -set keep_hierarchy 1 {module}" for module in modules]
            yosys.run([*read, *kept, *_PRUNE, "write_verilog -noattr pruned.v"], folder)
            found = complete_verilog(folder / "pruned.v", yosys.name, [top, *modules])
        cache.put(key, found)
    return found


def extrapolated(small: float, large: float, copies: int) -> float:
    """A figure of so many copies from those of `SIZES`: exact where each copy adds the same.

    Of a design that was taken whole, with its one copy, both are the same, and so is the figure.
    """
    low, high = SIZES
    return large + (large - small) * (copies - high) / (high - low)


def _cut(verilog: str, module: str, number: int) -> str:
    body = re.search(rf"^module {module}\b.*?^endmodule$", verilog, re.MULTILINE | re.DOTALL)
    if body is None:
        raise RuntimeError(f"there are copies of {module}, but no such module")
    outputs = _OUTPUT.findall(body[0])
    left = iter(range(number))

    def cut(instance: re.Match[str]) -> str:
        if next(left, None) is not None:
            return instance[0]
        return "".join(f"  assign {_connection(instance[0], port)} = 0;\n" for port in outputs)

    pattern = rf"^  {module} \S+ \(\n.*?^  \);\n"
    return re.sub(pattern, cut, verilog, flags=re.MULTILINE | re.DOTALL)


def _connection(instance: str, port: str) -> str:
    found = re.search(rf"\.{re.escape(port)}\(([^()]*)\)", instance)
    if found is None:
        raise RuntimeError(f"an instance does not connect {port}")
    return found[1]
