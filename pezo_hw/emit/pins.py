"""What the pins of a generated top module mean, in words."""

from __future__ import annotations

from collections.abc import Mapping

from amaranth.hdl import Shape
from amaranth.lib.wiring import Component, Flow

_CLOCK = "clock; everything happens at its rising edge"
# A core has the fields of a beat as pins of their own.
_OF_BEAT = {
    "mantissa": "two's complement numbers, lane 0 lowest",
    "code": "exponent code that all lanes of the beat share",
}
_FIELDS = {
    **_OF_BEAT,
    "last": "the last beat of a command",
    "length": "how many beats the command asks for, less one",
    "replay": "whether it goes back to where the last command without this began",
}
_OF_CORE = {
    "clk": _CLOCK,
    "rst": "synchronous reset, active high; wins over en; starts again from cycle 0",
    "en": "clock enable of everything; low freezes every output",
    "valid": "mantissa (and code) are a beat; it is taken at a clock edge where en & valid",
    **_OF_BEAT,
}
_OF_STREAM = {
    "clk": _CLOCK,
    "rst": "synchronous reset, active high; lowers o__valid and starts again from cycle 0",
    "o__valid": "o__payload is a beat; never waits for o__ready, and stays until the beat is taken",
    "o__ready": "the beat is taken at a clock edge where o__valid & o__ready",
    "o__payload": "a beat, laid out as payload says; keeps its value until it is taken",
}
_OF_LOAD = {
    "load__begin": "begins a load at the clock edge; one under way is given up",
    "load__contents": "with load__begin: of contents, otherwise of a phase",
    "load__data__valid": "load__data__payload is the load's next word",
    "load__data__ready": "it is taken at a clock edge where load__data__valid & load__data__ready",
    "load__data__payload": "a word of a load",
    "load__busy": "a load is under way",
    "load__done": "high for one clock cycle: the load is in use",
    "load__refused": "high for one clock cycle: it was not acceptable, and nothing has changed",
    "load__needed": "what is stored is not whole: commands wait for a load of contents",
}
_OF_REPLAY = {
    **_OF_STREAM,
    "rst": "synchronous reset, active high; drops the command under way, starts again from cycle 0",
    "command__valid": "command__payload is a command",
    "command__ready": "the command is taken at a clock edge where command__valid & command__ready",
    "command__payload": "a command, laid out as command says",
    "busy": "a command is under way: taken, and its last beat has not been",
    **_OF_LOAD,
    "fault": "high for one cycle: a lane or the tracker has lost the lockstep",
    "reload": "while high, a fault is followed by going back to where the perturbation began",
    "reloaded": "high for one cycle: gone back; the next command starts there, replay or not",
}
_OF_AXI = {
    "aclk": _CLOCK,
    "aresetn": "synchronous reset, active low; drops frame, command and accesses under way",
    "s_axi_awaddr": "AXI4-Lite: byte address of a write",
    "s_axi_awprot": "AXI4-Lite: protection of a write; ignored",
    "s_axi_awvalid": "AXI4-Lite: s_axi_awaddr is an address",
    "s_axi_awready": "AXI4-Lite: it is taken",
    "s_axi_wdata": "AXI4-Lite: the word to write",
    "s_axi_wstrb": "AXI4-Lite: all bytes, or the write answers SLVERR",
    "s_axi_wvalid": "AXI4-Lite: s_axi_wdata is a word",
    "s_axi_wready": "AXI4-Lite: it is taken",
    "s_axi_bresp": "AXI4-Lite: OKAY (0), or SLVERR (2): nothing was written",
    "s_axi_bvalid": "AXI4-Lite: s_axi_bresp is the answer to a write",
    "s_axi_bready": "AXI4-Lite: it is taken",
    "s_axi_araddr": "AXI4-Lite: byte address of a read",
    "s_axi_arprot": "AXI4-Lite: protection of a read; ignored",
    "s_axi_arvalid": "AXI4-Lite: s_axi_araddr is an address",
    "s_axi_arready": "AXI4-Lite: it is taken",
    "s_axi_rdata": "AXI4-Lite: the word read; 0 with SLVERR",
    "s_axi_rresp": "AXI4-Lite: OKAY (0), or SLVERR (2): there is nothing to read",
    "s_axi_rvalid": "AXI4-Lite: s_axi_rdata and s_axi_rresp are the answer to a read",
    "s_axi_rready": "AXI4-Lite: it is taken",
    "m_axis_tdata": "AXI4-Stream: a beat, laid out as stream says",
    "m_axis_tvalid": "AXI4-Stream: a beat is offered; stays until it is taken",
    "m_axis_tready": "AXI4-Stream: the beat is taken at a clock edge where both are high",
    "m_axis_tlast": "AXI4-Stream: the last beat of a frame; a command is a frame",
    "m_axis_tuser": "AXI4-Stream: the first beat of a frame",
    "irq": "interrupt, level, active high",
}
_MEANINGS = {"core": _OF_CORE, "stream": _OF_STREAM, "replay": _OF_REPLAY, "axi": _OF_AXI}


def describe_pins(component: Component, system: str) -> list[dict[str, object]]:
    """Name, direction, width and meaning of every pin: clock, reset, then the component's own."""
    meanings = _MEANINGS[system]
    return [
        {"name": name, "direction": direction, "width": width, "meaning": meanings[name]}
        for name, direction, width in _pins(component, system)
    ]


def pin_names(component: Component, system: str) -> list[str]:
    """The names of those pins."""
    return [name for name, _, _ in _pins(component, system)]


def _pins(component: Component, system: str) -> list[tuple[str, str, int]]:
    pins = [] if system == "axi" else [("clk", "input", 1), ("rst", "input", 1)]
    for path, member, _ in component.signature.flatten(component):
        direction = "input" if member.flow == Flow.In else "output"
        pins.append(("__".join(path), direction, Shape.cast(member.shape).width))
    return pins


def describe_fields(fields: Mapping[str, int]) -> dict[str, object]:
    """Place, width and meaning of every field of a payload, given their widths, lowest first."""
    described: dict[str, object] = {}
    low = 0
    for name, width in fields.items():
        described[name] = {"low": low, "width": width, "meaning": _FIELDS[name]}
        low += width
    return described
