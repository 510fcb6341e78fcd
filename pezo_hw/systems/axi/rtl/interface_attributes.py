"""Attributes that tell Vivado's block design what the ports are."""

from __future__ import annotations

from collections.abc import Iterable

LITE, STREAM = "s_axi", "m_axis"
_BUSES = {LITE: "xilinx.com:interface:aximm:1.0", STREAM: "xilinx.com:interface:axis:1.0"}
_PARAMETERS = {LITE: "PROTOCOL AXI4LITE"}
_SINGLE = {
    "aclk": ("clock", "CLK", f"ASSOCIATED_BUSIF {LITE}:{STREAM}, ASSOCIATED_RESET aresetn"),
    "aresetn": ("reset", "RST", "POLARITY ACTIVE_LOW"),
    "irq": ("interrupt", "INTERRUPT", "SENSITIVITY LEVEL_HIGH"),
}


def interface_attributes(ports: Iterable[str]) -> dict[str, dict[str, str]]:
    """The attributes of each port by its name.

    Source: AMD UG994, list of supported X_ attributes. Parameters of a whole interface stand at
    the first of its ports.
    """
    described: set[str] = set()
    attributes = {}
    for port in ports:
        if port in _SINGLE:
            kind, pin, parameters = _SINGLE[port]
            attributes[port] = {
                "X_INTERFACE_INFO": f"xilinx.com:signal:{kind}:1.0 {port} {pin}",
                "X_INTERFACE_PARAMETER": f"XIL_INTERFACENAME {port}, {parameters}",
            }
            continue
        bus, _, pin = port.rpartition("_")
        attributes[port] = {"X_INTERFACE_INFO": f"{_BUSES[bus]} {bus} {pin.upper()}"}
        if bus in _PARAMETERS and bus not in described:
            interface = f"XIL_INTERFACENAME {bus}, {_PARAMETERS[bus]}"
            attributes[port]["X_INTERFACE_PARAMETER"] = interface
        described.add(bus)
    return attributes
