"""A generated top module as the tools around it see it: pins and files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..emit import EmittedCore

_CLOCKS = ("aclk", "clk")
_RESETS = ("aresetn", "rst")


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
    manifest : dict
        The rest of what is known.
    """

    top: str
    system: str
    version: str
    ports: tuple[Port, ...]
    verilog: str
    memories: tuple[str, ...]
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
        return cls(
            top=core.top,
            system=manifest["system"],
            version=manifest["generator"]["pezo_hw"],
            ports=tuple(ports),
            verilog=core.verilog_file,
            memories=tuple(name for name in core.files if name.endswith(".mem")),
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

    @property
    def reset_is_low(self) -> bool:
        """Whether a low level resets."""
        return self.reset.endswith("n")


def _is_bus(verilog: str, name: str) -> bool:
    """Whether the top, the file's first module, declares the port with a range."""
    top = verilog.split("endmodule", 1)[0]
    return any(line.endswith(f":0] {name};") for line in top.splitlines())
