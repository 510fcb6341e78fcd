"""A generated top module as the tools around it see it: pins and files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..emit import EmittedCore

_CLOCKS = ("aclk", "clk")
_RESETS = ("aresetn", "rst")
# What an input that nobody connects is taken for: enabled, all bytes of a word, and ready, which is
# what AXI takes too; everything else is low.
_HIGH = ("en", "s_axi_wstrb", "m_axis_tready")
_REVISION_DIGITS = 7


@dataclass(frozen=True, kw_only=True)
class Port:
    """A pin, or a bus of pins, of the top module.

    Attributes
    ----------
    name : str
        As in the Verilog.
    direction : str
        ``input`` or ``output``.
    width : int
        Bits.
    is_bus : bool
        Whether the Verilog declares it with a range, even of one bit.
    """

    name: str
    direction: str
    width: int
    is_bus: bool


@dataclass(frozen=True, kw_only=True)
class Design:
    """What the files of the hand-off are made from.

    Attributes
    ----------
    top : str
        The top module.
    system : str
        A name of `pezo_hw.systems.registry.SYSTEMS`.
    version : str
        Of the package that made it.
    ports : tuple of Port
        Every pin, in the manifest's order.
    verilog : str
        The file that holds the top module.
    memories : tuple of str
        The files that it reads.
    revision : int
        Tells what is in the files, Verilog and memories, from what was in them before.
    manifest : dict
        The rest of what is known.
    """

    top: str
    system: str
    version: str
    ports: tuple[Port, ...]
    verilog: str
    memories: tuple[str, ...]
    revision: int
    manifest: dict[str, Any]

    @classmethod
    def of(cls, core: EmittedCore) -> Design:
        """The design that a core's manifest describes."""
        manifest = json.loads(core.files[f"{core.top}.json"])
        ports = (
            Port(
                name=port["name"],
                direction=port["direction"],
                width=port["width"],
                is_bus=_is_bus(core.files[core.verilog_file], port["name"]),
            )
            for port in manifest["ports"]
        )
        memories = tuple(name for name in core.files if name.endswith(".mem"))
        return cls(
            top=core.top,
            system=manifest["system"],
            version=manifest["generator"]["pezo_hw"],
            ports=tuple(ports),
            verilog=core.verilog_file,
            memories=memories,
            revision=_revision(core.files[name] for name in (core.verilog_file, *memories)),
            manifest=manifest,
        )

    def port(self, name: str) -> Port:
        """The port of a name."""
        return next(port for port in self.ports if port.name == name)

    def has(self, name: str) -> bool:
        """Whether there is a port of that name."""
        return any(port.name == name for port in self.ports)

    @property
    def clock(self) -> str:
        """The clock's pin."""
        return next(name for name in _CLOCKS if self.has(name))

    @property
    def reset(self) -> str:
        """The synchronous reset's pin."""
        return next(name for name in _RESETS if self.has(name))

    def default(self, port: Port) -> int | None:
        """What an input is where nobody connects it; None for outputs, clock and reset."""
        if port.direction != "input" or port.name in (self.clock, self.reset):
            return None
        return (1 << port.width) - 1 if port.name in _HIGH else 0

    @property
    def reset_is_low(self) -> bool:
        """Whether a low level resets."""
        return self.reset.endswith("n")


def _revision(texts: Iterable[str]) -> int:
    digest = hashlib.sha256("".join(texts).encode()).hexdigest()
    return int(digest[:_REVISION_DIGITS], 16)


def _is_bus(verilog: str, name: str) -> bool:
    """Whether the top, the file's first module, declares the port with a range."""
    top = verilog.split("endmodule", 1)[0]
    return any(line.endswith(f":0] {name};") for line in top.splitlines())
