"""A few of the copies that a design has a thousand of."""

from __future__ import annotations

import re

from ..synth.repeated import repeated_modules

_OUTPUT = re.compile(r"^  output (?:\[\d+:\d+\] )?(\S+);$", re.MULTILINE)
# A design is its common part and so much for each copy; two sizes tell one from the other.
SIZES = (8, 16)


def number_of_copies(verilog: str) -> int:
    """How many copies there are of what a design has too often to be simulated whole.

    1 where it is not so, or where several modules are repeated unequally often.
    """
    copies = set(repeated_modules(verilog).values())
    return copies.pop() if len(copies) == 1 else 1


def with_copies(verilog: str, number: int) -> str:
    """The design with the first so many copies of its repeated modules.

    The outputs of the others are low; what only the others read goes when it is mapped.

    Parameters
    ----------
    verilog : str
        As `pezo_hw.emit` writes it.
    number : int
        How many are kept.
    """
    for module in repeated_modules(verilog):
        verilog = _cut(verilog, module, number)
    return verilog


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
