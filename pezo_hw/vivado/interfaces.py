"""The bus interfaces of a top module, found by the names of its pins.

Names and versions of the bus definitions are those of Vivado's catalogue, as it writes them into
the component.xml of what it packages.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .design import Design

_LITE, _STREAM = "s_axi", "m_axis"
_IRQ = "irq"
MEMORY_MAP_BYTES = 4096
# The widest stream of AMD's AXI4-Stream infrastructure (PG085).
_WIDEST_STREAM = 512


@dataclass(frozen=True, kw_only=True)
class BusInterface:
    """Pins that belong together, as an instance of a bus definition.

    Attributes
    ----------
    name : str
        As it appears on the block.
    bus : str
        Vendor, library, name and version of the bus definition, with colons.
    mode : str
        ``master`` or ``slave``.
    port_maps : dict of str to str
        The pin of each logical port.
    parameters : dict of str to str
        What a block design asks of it.
    memory_map : str
        The memory map behind a slave; empty where there is none.
    """

    name: str
    bus: str
    mode: str
    port_maps: dict[str, str]
    parameters: dict[str, str] = field(default_factory=dict)
    memory_map: str = ""

    @property
    def abstraction(self) -> str:
        """The abstraction definition: the bus at the level of wires."""
        vendor, library, name, version = self.bus.split(":")
        return f"{vendor}:{library}:{name}_rtl:{version}"


def bus_interfaces(design: Design) -> list[BusInterface]:
    """The buses that there are, then clock, reset and interrupt."""
    buses = []
    if design.has(f"{_LITE}_awaddr"):
        buses.append(_axi_lite(design))
    if design.has(f"{_STREAM}_tdata"):
        buses.append(_axi_stream(design))
    signals = [_clock(design, [bus.name for bus in buses]), _reset(design)]
    if design.has(_IRQ):
        signals.append(_interrupt())
    return buses + signals


def warn_of_width(design: Design) -> list[str]:
    """What a block design will not have of the design's stream, in a line each."""
    name = f"{_STREAM}_tdata"
    octets = design.port(name).width // 8 if design.has(name) else 0
    if octets <= _WIDEST_STREAM:
        return []
    return [
        f"{design.top}: {name} has {octets:,} bytes; AMD's switches, FIFOs and converters of "
        f"AXI4-Stream have {_WIDEST_STREAM} at most"
    ]


def _axi_lite(design: Design) -> BusInterface:
    return BusInterface(
        name=_LITE,
        bus="xilinx.com:interface:aximm:1.0",
        mode="slave",
        port_maps=_port_maps(design, _LITE),
        parameters={
            "PROTOCOL": "AXI4LITE",
            "DATA_WIDTH": str(design.port(f"{_LITE}_wdata").width),
            "ADDR_WIDTH": str(design.port(f"{_LITE}_awaddr").width),
        },
        memory_map=_LITE,
    )


def _axi_stream(design: Design) -> BusInterface:
    present = {name: int(design.has(f"{_STREAM}_{name}")) for name in ("tready", "tlast")}
    user = design.port(f"{_STREAM}_tuser").width if design.has(f"{_STREAM}_tuser") else 0
    return BusInterface(
        name=_STREAM,
        bus="xilinx.com:interface:axis:1.0",
        mode="master",
        port_maps=_port_maps(design, _STREAM),
        parameters={
            "TDATA_NUM_BYTES": str(design.port(f"{_STREAM}_tdata").width // 8),
            "TDEST_WIDTH": "0",
            "TID_WIDTH": "0",
            "TUSER_WIDTH": str(user),
            "HAS_TREADY": str(present["tready"]),
            "HAS_TSTRB": "0",
            "HAS_TKEEP": "0",
            "HAS_TLAST": str(present["tlast"]),
        },
    )


def _port_maps(design: Design, prefix: str) -> dict[str, str]:
    """AXI's pins are the logical names in lower case behind the interface's name."""
    names = [port.name for port in design.ports if port.name.startswith(f"{prefix}_")]
    return {name.removeprefix(f"{prefix}_").upper(): name for name in names}


def _clock(design: Design, buses: list[str]) -> BusInterface:
    """Any clock may be connected, so that there is no frequency that a block design could miss."""
    parameters = {"ASSOCIATED_BUSIF": ":".join(buses)} if buses else {}
    return BusInterface(
        name=design.clock,
        bus="xilinx.com:signal:clock:1.0",
        mode="slave",
        port_maps={"CLK": design.clock},
        parameters=parameters | {"ASSOCIATED_RESET": design.reset, "FREQ_TOLERANCE_HZ": "-1"},
    )


def _reset(design: Design) -> BusInterface:
    return BusInterface(
        name=design.reset,
        bus="xilinx.com:signal:reset:1.0",
        mode="slave",
        port_maps={"RST": design.reset},
        parameters={"POLARITY": "ACTIVE_LOW" if design.reset_is_low else "ACTIVE_HIGH"},
    )


def _interrupt() -> BusInterface:
    return BusInterface(
        name=_IRQ,
        bus="xilinx.com:signal:interrupt:1.0",
        mode="master",
        port_maps={"INTERRUPT": _IRQ},
        parameters={"SENSITIVITY": "LEVEL_HIGH"},
    )
