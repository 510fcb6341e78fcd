"""A testbench in Verilog that needs no Python: it compares with words of the golden stream."""

from __future__ import annotations

from ..config import Config
from .design import Design
from .golden_words import golden_words
from .text import fill

BEATS = 256
_TEMPLATES = {"replay": "testbench_replay.sv", "axi": "testbench_axi.sv"}
_PINS = {
    "core": {
        "en": "take",
        "valid": "valid",
        "mantissa": "shown[{mantissa}]",
        "code": "shown[{code}]",
    },
    "stream": {"o__ready": "take", "o__valid": "valid", "o__payload": "shown"},
}

_REPLAY = {
    "command__valid": "ask",
    "command__ready": "answered",
    "command__payload": "asked",
    "o__valid": "valid",
    "o__ready": "take",
    "o__payload": "shown",
}


_AXI = {
    "aclk": "clk",
    "aresetn": "!rst",
    "s_axi_awaddr": "address",
    "s_axi_awvalid": "address_valid",
    "s_axi_awready": "address_ready",
    "s_axi_wdata": "data",
    "s_axi_wstrb": "4'hF",
    "s_axi_wvalid": "data_valid",
    "s_axi_wready": "data_ready",
    "s_axi_bresp": "response",
    "s_axi_bvalid": "answered",
    "s_axi_bready": "1'b1",
    "m_axis_tdata": "shown",
    "m_axis_tvalid": "valid",
    "m_axis_tready": "take",
    "m_axis_tlast": "last",
    "m_axis_tuser": "first",
}


def testbench_files(config: Config, design: Design) -> dict[str, str]:
    """The testbench and its golden words, by file name."""
    width, golden = _width(design), f"{design.top}_tb.hex"
    slot_bits = design.manifest["stream"]["slot_bits"] if design.system == "axi" else None
    words = golden_words(config, BEATS, slot_bits)
    bench = fill(
        _TEMPLATES.get(design.system, "testbench_stream.sv"),
        top=design.top,
        beats=BEATS,
        width=width,
        stalls=fill("testbench_stalls.sv", golden=golden),
        commands=fill("testbench_commands.sv", top=design.top),
        pins=_connected(design, _nets(design)),
        **_of_commands(design),
    )
    digits = -(-width // 4)
    text = "".join(f"{word:0{digits}x}\n" for word in words)
    return {f"{design.top}_tb.sv": bench, golden: text}


def _of_commands(design: Design) -> dict[str, object]:
    """How long a command may be."""
    if design.system == "replay":
        count = design.port("command__payload").width - 1
        return {"count": count, "longest": min(BEATS, 1 << count)}
    if design.system == "axi":
        count = design.manifest["registers"]["constants"]["CAPABILITIES.count_bits"]
        return {"longest": min(BEATS, 1 << count), "lead": design.manifest["lead"] + 1}
    return {}


def _nets(design: Design) -> dict[str, str]:
    return {"replay": _REPLAY, "axi": _AXI}.get(design.system) or _streaming_pins(design)


def _width(design: Design) -> int:
    """Bits of a beat without what a system puts on top of it."""
    if design.system == "axi":
        return design.port("m_axis_tdata").width
    if design.system == "core":
        return sum(_fields(design).values())
    return design.port("o__payload").width - (design.system == "replay")


def _fields(design: Design) -> dict[str, int]:
    """The pins of a core that are a beat, the lowest first."""
    names = ("mantissa", "code")
    return {name: design.port(name).width for name in names if design.has(name)}


def _streaming_pins(design: Design) -> dict[str, str]:
    """What the testbench calls the pins; a core's beat lies in two of them."""
    ranges, low = {}, 0
    for name, width in _fields(design).items() if design.system == "core" else ():
        ranges[name] = f"{low + width - 1}:{low}"
        low += width
    return {
        pin: net.format(**ranges) for pin, net in _PINS[design.system].items() if design.has(pin)
    }


def _connected(design: Design, nets: dict[str, str]) -> str:
    """Connections of every pin; an input that the testbench does not know is low."""
    nets = {"clk": "clk", "rst": "rst", **nets}
    idle = {"input": "{width}'d0", "output": ""}
    return ",\n".join(
        f"    .{port.name}({nets.get(port.name, idle[port.direction].format(width=port.width))})"
        for port in design.ports
    )
