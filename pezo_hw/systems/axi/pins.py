"""What the pins of the AXI system mean: to people, and to Vivado's block design."""

from __future__ import annotations

from collections.abc import Iterable

from ..system import CLOCK

PINS: dict[str, str] = {
    "aclk": CLOCK,
    "aresetn": "synchronous reset, active low; drops frame, command and accesses under way",
    "s_axi_awaddr": "AXI4-Lite: byte address of a write",
    "s_axi_awprot": "AXI4-Lite: protection of a write; ignored",
    "s_axi_awvalid": "AXI4-Lite: s_axi_awaddr is an address",
    "s_axi_awready": "AXI4-Lite: it is taken",
    "s_axi_wdata": "AXI4-Lite: the word to write",
    "s_axi_wstrb": "AXI4-Lite: all bytes, or nothing is written",
    "s_axi_wvalid": "AXI4-Lite: s_axi_wdata is a word",
    "s_axi_wready": "AXI4-Lite: it is taken",
    "s_axi_bresp": "AXI4-Lite: OKAY (0); SLVERR (2), unless errors = okay: nothing was written",
    "s_axi_bvalid": "AXI4-Lite: s_axi_bresp is the answer to a write",
    "s_axi_bready": "AXI4-Lite: it is taken",
    "s_axi_araddr": "AXI4-Lite: byte address of a read",
    "s_axi_arprot": "AXI4-Lite: protection of a read; ignored",
    "s_axi_arvalid": "AXI4-Lite: s_axi_araddr is an address",
    "s_axi_arready": "AXI4-Lite: it is taken",
    "s_axi_rdata": "AXI4-Lite: the word read; 0 where there is none",
    "s_axi_rresp": "AXI4-Lite: OKAY (0); SLVERR (2), unless errors = okay: there is no such word",
    "s_axi_rvalid": "AXI4-Lite: s_axi_rdata and s_axi_rresp are the answer to a read",
    "s_axi_rready": "AXI4-Lite: it is taken",
    "m_axis_tdata": "AXI4-Stream: a beat, laid out as stream says",
    "m_axis_tvalid": "AXI4-Stream: a beat is offered; stays until it is taken",
    "m_axis_tready": "AXI4-Stream: the beat is taken at a clock edge where both are high",
    "m_axis_tlast": "AXI4-Stream: the last beat of a frame; a command is a frame",
    "m_axis_tuser": "AXI4-Stream: the first beat of a frame",
    "irq": "interrupt, level, active high",
}

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
